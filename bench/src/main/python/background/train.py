"""Trains the mask network: python train.py RECORDINGS --out WEIGHTS [--steps 5000] [--minutes 45]
[--seed 3] [--from WEIGHTS].

It ends with whichever comes first, and its rate falls to nothing by then. The same seed learns from
the same programmes in the same order. WEIGHTS is what MaskWeights reads. With --from it goes on from
such weights, at a third of the rate.
"""

import argparse
import multiprocessing
import struct
import time

import jax
import jax.numpy as jnp
import numpy as np

from programmes import Programmes
from spectrum import BANDS, CENTRES, EDGES

HIDDEN = 144
BATCH = 12
FRAMES = 200
NEIGHBOURS = 12
HIGHEST_RATE = 2e-3
COMPRESSION = 0.35
WARM_UP = 24  # frames in which nothing is asked of it yet
WIDTHS = np.diff(EDGES).astype(np.float32)
WEIGHTS_OF_BANDS = WIDTHS / np.maximum(CENTRES, 40.0)
WEIGHTS_OF_BANDS = (WEIGHTS_OF_BANDS / WEIGHTS_OF_BANDS.sum()).astype(np.float32)


def begin(features, random):
    def matrix(rows, columns, scale=1.0):
        return (random.normal(size=(rows, columns)) * scale / np.sqrt(rows)).astype(np.float32)

    def zeros(count):
        return np.zeros(count, np.float32)

    local = (random.normal(size=(NEIGHBOURS, BANDS)) * 0.1).astype(np.float32)
    local[1] -= 0.5  # a loud centre is voice; the rows are those of neighbourhood()
    local[7] += 0.5
    layer = {
        name: dict(
            input=matrix(HIDDEN, 3 * HIDDEN),
            state=matrix(HIDDEN, 3 * HIDDEN),
            input_bias=zeros(3 * HIDDEN),
            state_bias=zeros(3 * HIDDEN),
        )
        for name in ("first", "second")
    }
    return dict(
        mean=features.mean(0),
        deviation=features.std(0) + 0.05,
        input=matrix(2 * BANDS, HIDDEN, 0.5),
        input_bias=zeros(HIDDEN),
        output=matrix(2 * HIDDEN, 2 * BANDS + 1, 0.3),
        output_bias=zeros(2 * BANDS + 1),
        local=local,
        **layer,
    )


def recurrent(layer, inputs):
    projected = inputs @ layer["input"] + layer["input_bias"]

    def step(state, gates):
        own = state @ layer["state"] + layer["state_bias"]
        reset = jax.nn.sigmoid(gates[:, :HIDDEN] + own[:, :HIDDEN])
        update = jax.nn.sigmoid(gates[:, HIDDEN : 2 * HIDDEN] + own[:, HIDDEN : 2 * HIDDEN])
        candidate = jnp.tanh(gates[:, 2 * HIDDEN :] + reset * own[:, 2 * HIDDEN :])
        state = candidate + update * (state - candidate)
        return state, state

    nothing = jnp.zeros((inputs.shape[0], HIDDEN))
    _, states = jax.lax.scan(step, nothing, projected.transpose(1, 0, 2), unroll=4)
    return states.transpose(1, 0, 2)


def neighbourhood(features):
    """Band below, itself, band above: of the centre before and now, then of the sides."""
    before = jnp.concatenate([features[..., :1, :], features[..., :-1, :]], -2)
    rows = []
    for side in (slice(0, BANDS), slice(BANDS, 2 * BANDS)):
        for frame in (before[..., side], features[..., side]):
            below = jnp.concatenate([frame[..., :1], frame[..., :-1]], -1)
            above = jnp.concatenate([frame[..., 1:], frame[..., -1:]], -1)
            rows += [below, frame, above]
    return jnp.stack(rows, -2)


def network(weights, features):
    """Mask, and the logit of a voice, of the frame before each."""
    mean, deviation = map(jax.lax.stop_gradient, (weights["mean"], weights["deviation"]))
    features = (features - mean) / deviation
    dense = jax.nn.relu(features @ weights["input"] + weights["input_bias"])
    first = recurrent(weights["first"], dense)
    second = recurrent(weights["second"], first)
    output = jnp.concatenate([first, second], -1) @ weights["output"] + weights["output_bias"]
    local = (neighbourhood(features) * weights["local"]).sum(-2)
    logits = output[..., :BANDS] + (1 + output[..., BANDS : 2 * BANDS]) * local
    return jax.nn.sigmoid(logits), output[..., 2 * BANDS]


def loss(weights, batch):
    """What each band is off, and what is wrong with the programme as a whole."""
    features, *targets = batch
    mask, voice_logit = (each[:, 1 + WARM_UP :] for each in network(weights, features))
    mix, centre, cosine, voice, voiced = (each[:, WARM_UP:-1] for each in targets)
    heard = cross_entropy(voice_logit, voiced).mean()
    return (
        of_bands(mask, mix, centre, cosine, voice)
        + of_programmes(mask, mix, centre, cosine, voice)
        + of_pauses(mask, centre, voiced)
        + 0.02 * heard
    )


def cross_entropy(logit, wanted):
    return jax.nn.softplus(logit) - logit * wanted


def of_bands(mask, mix, centre, cosine, voice):
    """Distance of compressed spectra; voice that is left counts more than background that is lost."""

    def compressed(magnitude):
        return (magnitude + 1e-5) ** COMPRESSION

    kept, wanted = compressed(mask * mix), compressed(centre)
    distance = kept**2 + wanted**2 - 2 * kept * wanted * cosine + (kept - wanted) ** 2
    left = jnp.maximum(kept - wanted, 0) ** 2
    removed = (compressed((1 - mask) * mix) - compressed(voice)) ** 2
    return ((distance + 0.7 * left + 0.5 * removed) * WEIGHTS_OF_BANDS).sum(-1).mean()


def of_programmes(mask, mix, centre, cosine, voice):
    """Voice that is left beyond -20 dB, and the background's distortion down to -20 dB."""

    def energy(power):
        return (power * WIDTHS).sum((1, 2))

    spoken, rest = energy(voice**2), energy(centre**2)
    left = 10 * jnp.log10((energy((mask * voice) ** 2) + 1e-9) / (spoken + 1e-9))
    too_much = jnp.where(spoken > 0.03 * rest, jnp.maximum(left + 20, 0), 0)
    kept = mask * mix
    off = energy(kept**2 + centre**2 - 2 * kept * centre * cosine)
    least = 1e-3 * spoken + 1e-9
    distortion = 10 * jnp.log10((off + least) / (rest + least) + 0.01)
    return (4e-5 * too_much**2 + 3e-4 * distortion).mean()


def of_pauses(mask, centre, voiced):
    """Background that is lost where nobody speaks."""
    quiet = (1 - voiced)[:, :, None] * WIDTHS
    there = (quiet * centre**2).sum((1, 2))
    kept = (quiet * (mask * centre) ** 2).sum((1, 2))
    return 1e-3 * (10 * jnp.log10((there + 1e-6) / (kept + 1e-6))).mean()


@jax.jit
def improve(weights, moments, squares, count, rate, batch):
    """A step of Adam (Kingma and Ba 2015), the gradient's norm at most 0.5."""
    value, gradient = jax.value_and_grad(loss)(weights, batch)
    norm = jnp.sqrt(sum((each**2).sum() for each in jax.tree.leaves(gradient)))
    gradient = jax.tree.map(lambda g: g * jnp.minimum(1, 0.5 / norm), gradient)
    moments = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, moments, gradient)
    squares = jax.tree.map(lambda s, g: 0.99 * s + 0.01 * g * g, squares, gradient)

    def moved(w, m, s):
        return w - rate * (m / (1 - 0.9**count)) / (jnp.sqrt(s / (1 - 0.99**count)) + 1e-8)

    return jax.tree.map(moved, weights, moments, squares), moments, squares, value


def supply(queue, recordings, seed):
    for batch in Programmes(recordings, seed, FRAMES).batches(BATCH):
        queue.put(batch)


def train(weights, recordings, steps, seconds, highest_rate, seed):
    context = multiprocessing.get_context("spawn")
    queue = context.Queue(12)
    worker = context.Process(target=supply, args=(queue, recordings, seed), daemon=True)
    worker.start()
    moments = squares = jax.tree.map(jnp.zeros_like, weights)
    began = time.monotonic()
    values = []
    while (part := max(len(values) / steps, (time.monotonic() - began) / seconds)) < 1:
        rate = highest_rate * min(1, (len(values) + 1) / 50) * (0.5 + 0.5 * np.cos(np.pi * part)) + 1e-5
        weights, moments, squares, value = improve(
            weights, moments, squares, len(values) + 1.0, rate, queue.get()
        )
        values.append(float(value))
        if len(values) % 100 == 0:
            print(f"{len(values)} steps, {part:.0%}, loss {np.mean(values[-100:]):.5f}", flush=True)
    worker.terminate()
    return weights


def load(path):
    """Weights that save() wrote."""
    with open(path, "rb") as file:
        bands, hidden, neighbours = struct.unpack(">iii", file.read(12))

        def floats(count):
            return np.frombuffer(file.read(4 * count), ">f4").astype(np.float32)

        def matrix(rows, columns):
            scales = floats(columns)
            values = np.frombuffer(file.read(rows * columns), np.int8)
            return values.reshape(rows, columns) * scales

        def layer():
            return dict(
                input=matrix(hidden, 3 * hidden),
                state=matrix(hidden, 3 * hidden),
                input_bias=floats(3 * hidden),
                state_bias=floats(3 * hidden),
            )

        return dict(
            mean=floats(2 * bands),
            deviation=floats(2 * bands),
            input=matrix(2 * bands, hidden),
            input_bias=floats(hidden),
            first=layer(),
            second=layer(),
            output=matrix(2 * hidden, 2 * bands + 1),
            output_bias=floats(2 * bands + 1),
            local=floats(neighbours * bands).reshape(neighbours, bands),
        )


def save(weights, path):
    with open(path, "wb") as file:

        def floats(values):
            file.write(np.asarray(values, ">f4").tobytes())

        def matrix(values):
            values = np.asarray(values)
            scales = np.abs(values).max(0) / 127 + 1e-12
            floats(scales)
            file.write(np.clip(np.rint(values / scales), -127, 127).astype(np.int8).tobytes())

        file.write(struct.pack(">iii", BANDS, HIDDEN, NEIGHBOURS))
        floats(weights["mean"])
        floats(weights["deviation"])
        matrix(weights["input"])
        floats(weights["input_bias"])
        for layer in (weights["first"], weights["second"]):
            matrix(layer["input"])
            matrix(layer["state"])
            floats(layer["input_bias"])
            floats(layer["state_bias"])
        matrix(weights["output"])
        floats(weights["output_bias"])
        floats(weights["local"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recordings")
    parser.add_argument("--out", required=True)
    parser.add_argument("--steps", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--from", dest="old")
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    if given.old:
        weights, rate = load(given.old), HIGHEST_RATE / 3
    else:
        first = next(Programmes(given.recordings, given.seed + 74, FRAMES).batches(3 * BATCH))
        weights = begin(first[0].reshape(-1, 2 * BANDS), np.random.default_rng(given.seed))
        rate = HIGHEST_RATE
    limits = given.steps, given.minutes * 60
    weights = train(weights, given.recordings, *limits, rate, given.seed)
    save(weights, given.out)


if __name__ == "__main__":
    main()
