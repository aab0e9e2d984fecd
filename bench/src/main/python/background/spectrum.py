"""Frames, bands and features: the same as in dev.livedub.core.background."""

import numpy as np
import scipy.fft

RATE_HZ = 48_000
FRAME = 2_048
HOP = FRAME // 4
BINS = FRAME // 2 + 1
WINDOW = np.sin(np.pi * np.arange(FRAME) / FRAME).astype(np.float32)


def _edges():
    """First bins of the bands: one bin wide at first, then a 45th of their frequency."""
    edges = [1]
    while edges[-1] < BINS:
        edges.append(min(BINS, edges[-1] + max(1, round(edges[-1] / 45))))
    return np.array(edges)


EDGES = _edges()
BANDS = len(EDGES) - 1
WIDTHS = np.diff(EDGES).astype(np.float32)
CENTRES = (EDGES[:-1] + EDGES[1:] - 1) / 2


def spectra(samples):
    """Windowed spectra of mono samples from -1 to 1: one row per frame, HOP apart."""
    count = (len(samples) - FRAME) // HOP + 1
    strides = (samples.strides[0] * HOP, samples.strides[0])
    frames = np.lib.stride_tricks.as_strided(samples, (count, FRAME), strides)
    return scipy.fft.rfft(frames * WINDOW, axis=1) / np.float32(32)


def levels(spectrum):
    """Half the decimal logarithm of the mean power in each band, plus 2."""
    power = spectrum.real**2 + spectrum.imag**2
    means = np.add.reduceat(power, EDGES[:-1], axis=-1) / WIDTHS
    return ((np.log10(means + 1e-9) + 4) * 0.5).astype(np.float32)
