"""Makes programmes to learn from: voices over music, crowds and babble, always new."""

from pathlib import Path

import numpy as np
from scipy.signal import fftconvolve

from spectrum import BINS, EDGES, FRAME, HOP, RATE_HZ, levels, spectra


def gain(decibels):
    return np.float32(10 ** (decibels / 20))


def warped(samples, count, speed):
    """The first `count` samples at another speed and pitch, by linear interpolation."""
    at = np.arange(count) * speed
    known = np.arange(len(samples))
    columns = samples.reshape(len(samples), -1).T
    return np.stack([np.interp(at, known, column) for column in columns], 1).astype(np.float32)


class Programmes:
    """An endless supply of batches. Not for several threads."""

    def __init__(self, directory, seed, frames):
        self.random = np.random.default_rng(seed)
        self.samples = FRAME + HOP * (frames - 1)

        def load(pattern):
            return [np.load(file, mmap_mode="r") for file in sorted(Path(directory).glob(pattern))]

        self.speeches = load("speech-*.npy")
        self.music = load("music-*.npy")
        self.crowd = load("crowd.npy")

    def _cut(self, recordings, longest, speed):
        weights = np.array([min(len(each) / RATE_HZ, longest) for each in recordings])
        recording = recordings[self.random.choice(len(recordings), p=weights / weights.sum())]
        length = int(self.samples * speed) + 2
        first = self.random.integers(0, len(recording) - length)
        part = recording[first : first + length].astype(np.float32) / 32_768
        return warped(part, self.samples, speed)

    def _speech(self):
        voice = self._cut(self.speeches, 1_200, self.random.uniform(0.85, 1.18))[:, 0]
        if self.random.random() < 0.4:
            begin, end = sorted(self.random.integers(0, len(voice), 2))
            voice[begin:end] = 0
        return voice

    def _equaliser(self):
        """A smooth gain for each bin, from -15 to 12 dB."""
        octaves = np.log2(np.arange(BINS) / (BINS - 1) * 24 + 0.05)
        tilt = self.random.uniform(-6, 6) * octaves / 4
        turns = self.random.uniform(0.5, 3) * octaves + self.random.random()
        ripple = self.random.uniform(-4, 4) * np.cos(2 * np.pi * turns)
        return gain(np.clip(tilt + ripple, -15, 12))

    def _babble(self):
        """Many voices at once, mostly in a hall: Gaussian noise that decays by 60 dB."""
        sound = np.zeros((self.samples, 2), np.float32)
        for _ in range(self.random.integers(5, 12)):
            left = self.random.uniform()
            voice = self._speech() * self.random.uniform(0.3, 1)
            sound += voice[:, None] * np.array([1 - left, left], np.float32)
        for _ in range(self.random.integers(0, 4)):  # as many again, from another moment
            sound += np.roll(sound, self.random.integers(self.samples), 0)
        if self.random.random() < 0.6:
            length = int(RATE_HZ * self.random.uniform(0.1, 0.6))
            decay = np.exp(-6.9 * np.arange(length) / length)
            for side in (0, 1):
                hall = self.random.normal(size=length) * decay
                sound[:, side] = fftconvolve(sound[:, side], hall)[: self.samples]
        return sound * np.float32(0.1 / np.sqrt(np.mean(sound**2) + 1e-9))

    def _crowd(self):
        """A crowd, or several at once."""
        sound = np.zeros((self.samples, 2), np.float32)
        for _ in range(self.random.choice((1, 1, 2, 3))):
            sound += self._cut(self.crowd, np.inf, self.random.uniform(0.85, 1.18))
        return sound

    def _background(self):
        kind = self.random.random()
        if kind < 0.1:
            return self._babble()
        if kind < 0.27:
            return self._crowd()
        sound = self._cut(self.music, np.inf, self.random.uniform(0.9, 1.12))
        if kind < 0.34:
            sound += self._crowd() * self.random.uniform(0.3, 1.5)
        return sound

    def _programme(self):
        """Spectra of the voice, of the background's centre, and of the sides."""
        random = self.random
        voice = self._speech()
        background = self._background()
        centre = background.mean(1)
        sides = (background[:, 0] - background[:, 1]) / 2
        mono = random.random() < 0.4
        sides = sides * (0 if mono else random.uniform(0.02, 1.5) * random.choice([-1, 1]))
        level = gain(-random.uniform(0, 25))
        loudest = max(np.sqrt(np.mean(centre**2)), 0.3 * np.sqrt(np.mean(sides**2)), 1e-3)
        below = gain(-random.uniform(-2, 20)) * min(0.1 / loudest, 30)
        only = random.random()
        if only < 0.28:
            voice, below = voice * 0, below * gain(random.uniform(0, 20))
        elif only < 0.3:
            below = 0
        shape = self._equaliser() if random.random() < 0.5 else 1
        voice = spectra(voice * level) * self._equaliser()
        centre = spectra((centre * level * below).astype(np.float32)) * shape
        sides = spectra((sides * level * below).astype(np.float32)) * shape
        if not mono and random.random() < 0.3:
            sides = sides + voice * np.float32(random.uniform(-0.08, 0.08))
        return voice, centre, sides

    def batches(self, size):
        """Yields features, and what the loss needs: magnitudes at one random bin of each band."""
        while True:
            voice, centre, sides = map(np.stack, zip(*(self._programme() for _ in range(size))))
            yield self._batch(voice, centre, sides)
            shift = self.random.integers(1, size)
            other = self.random.uniform(-6, 6, (size, 1, 1))
            yield self._batch(np.roll(voice, shift, 0) * gain(other), centre, sides)

    def _batch(self, voice, centre, sides):
        mix = voice + centre
        features = np.concatenate([levels(mix), levels(sides)], -1)
        voiced = (np.abs(voice[:, :, 2:400]) ** 2).sum(-1) > 0.02
        bins = self.random.integers(EDGES[:-1], EDGES[1:])
        mix, centre, voice = mix[:, :, bins], centre[:, :, bins], voice[:, :, bins]
        product = np.abs(mix) * np.abs(centre) + 1e-12
        cosine = (mix * np.conj(centre)).real / product
        parts = (np.abs(mix), np.abs(centre), cosine, np.abs(voice), voiced)
        return features, *(part.astype(np.float32) for part in parts)
