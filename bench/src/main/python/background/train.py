"""Trains the mask network: python train.py RECORDINGS WEIGHTS [--minutes 34] [--crowd-minutes 9].

Afterwards a second, shorter training has more crowds. WEIGHTS is what MaskWeights reads.
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
COMPRESSION = 0.35
WEIGHTS_OF_BANDS = np.diff(EDGES) / np.maximum(CENTRES, 40.0)
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
    """Distance of compressed spectra; voice that is left counts more than background that is lost."""
    features, *targets = batch
    mask, voice_logit = (each[:, 1:] for each in network(weights, features))
    mix, centre, cosine, voice, voiced = (each[:, :-1] for each in targets)

    def compressed(magnitude):
        return (magnitude + 1e-5) ** COMPRESSION

    kept, wanted = compressed(mask * mix), compressed(centre)
    distance = kept**2 + wanted**2 - 2 * kept * wanted * cosine + (kept - wanted) ** 2
    left = jnp.maximum(kept - wanted, 0) ** 2
    removed = (compressed((1 - mask) * mix) - compressed(voice)) ** 2
    of_bands = (distance + 0.7 * left + 0.5 * removed) * WEIGHTS_OF_BANDS
    return of_bands.sum(-1).mean() + 0.02 * (jax.nn.softplus(voice_logit) - voice_logit * voiced).mean()


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


def supply(queue, recordings, seed, crowds):
    for batch in Programmes(recordings, seed, FRAMES, crowds).batches(BATCH):
        queue.put(batch)


def train(weights, recordings, seconds, highest_rate, seed, crowds):
    context = multiprocessing.get_context("spawn")
    queue = context.Queue(12)
    worker = context.Process(target=supply, args=(queue, recordings, seed, crowds), daemon=True)
    worker.start()
    moments = squares = jax.tree.map(jnp.zeros_like, weights)
    queue.put(queue.get())  # the clock starts with the first batch
    began = time.monotonic()
    values = []
    while (part := (time.monotonic() - began) / seconds) < 1:
        rate = highest_rate * min(1, (len(values) + 1) / 50) * (0.5 + 0.5 * np.cos(np.pi * part)) + 1e-5
        batch = queue.get()
        weights, moments, squares, value = improve(
            weights, moments, squares, len(values) + 1.0, rate, batch
        )
        values.append(float(value))
        if len(values) % 100 == 0:
            print(f"{len(values)} steps, loss {np.mean(values[-100:]):.4f}", flush=True)
    worker.terminate()
    return weights


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
    parser.add_argument("weights")
    parser.add_argument("--minutes", type=float, default=34)
    parser.add_argument("--crowd-minutes", type=float, default=9)
    given = parser.parse_args()
    first = next(Programmes(given.recordings, 77, FRAMES, False).batches(3 * BATCH))
    weights = begin(first[0].reshape(-1, 2 * BANDS), np.random.default_rng(3))
    weights = train(weights, given.recordings, given.minutes * 60, 2e-3, 3, False)
    weights = train(weights, given.recordings, given.crowd_minutes * 60, 7e-4, 9, True)
    save(weights, given.weights)


if __name__ == "__main__":
    main()
