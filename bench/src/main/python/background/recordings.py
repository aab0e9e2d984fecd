"""Decodes the recordings that are learnt from: python recordings.py TREE OUT.

TREE holds the unpacked packages that bench/background-training names; OUT gets one .npy of 16-bit
samples, 48 kHz, for each kind. No voice, piece or crowd of bench/background is among them, nor the
speaker of its packages under another language.
"""

import subprocess
import sys
import zipfile
from math import gcd
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from spectrum import RATE_HZ

GAMES = "usr/share/games/"
VOICES = "hedgewars/Data/Sounds/voices/"


def read(path, seconds=None):
    """Samples of a file, one column per channel; None if it cannot be read."""
    try:
        rate = soundfile.info(path).samplerate
        frames = -1 if seconds is None else int(seconds * rate)
        samples, _ = soundfile.read(path, frames=frames, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        return None
    common = gcd(RATE_HZ, rate)
    return resample_poly(samples, RATE_HZ // common, rate // common, axis=0)[:, :2]


def levelled(samples):
    """The same at an RMS of 0.1; None if it is silent or too short."""
    if samples is None or len(samples) < 2_000:
        return None
    rms = np.sqrt(np.mean(samples**2))
    return None if rms < 1e-3 else np.clip(samples * (0.1 / rms), -1, 1)


def speech(files):
    """Mono sound of all files, one after the other."""
    parts = (read(file) for file in files)
    return [levelled(part.mean(1)) for part in parts if part is not None]


def prompts(files, seconds=900):
    """Files of G.722, decoded as one."""
    data = b"".join(f.read_bytes() for f in files if f.stat().st_size > 12_000)
    command = "ffmpeg -v error -f g722 -i - -ar 48000 -ac 1 -f s16le -".split()
    decoded = subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout
    return [levelled(np.frombuffer(decoded, np.int16)[: seconds * RATE_HZ] / 32_768.0)]


def music(files, seconds):
    """Stereo sound of the beginning of all files."""
    parts = (read(file, seconds) for file in files)
    stereo = (np.repeat(p, 2, 1) if p.shape[1] == 1 else p for p in parts if p is not None)
    return [levelled(part) for part in stereo]


def main(tree, out):
    out.mkdir(exist_ok=True)
    for pack in tree.glob("**/*music.pk3"):
        zipfile.ZipFile(pack).extractall(tree / pack.parent.name / "pieces")

    def found(*patterns):
        return sorted(file for pattern in patterns for file in tree.glob(pattern))

    def save(name, parts):
        kept = np.concatenate([part for part in parts if part is not None])
        np.save(out / f"{name}.npy", (kept * 32_767).astype(np.int16))

    for language in ("es", "it", "ru"):
        sounds = found(f"usr/share/asterisk/sounds/{language}_*/**/*.g722")
        save(f"speech-{language}", prompts(sounds))
    save("speech-czech", speech(found(GAMES + "fillets-ng/sound/**/cs/*.ogg")[:500]))
    save("speech-shouted", speech(found(GAMES + VOICES + "[!R]*/*.ogg", GAMES + VOICES + "Russian/*")))
    words = "usr/share/ktuberling/sounds/"
    languages = ("fr", "ca", "uk", "lt", "ru", "wa", "el", "de", "sl", "gl")
    save("speech-words", speech(found(*(f"{words}{language}/*" for language in languages))))
    save("music-wesnoth", music(found(GAMES + "wesnoth/**/music/*.ogg"), 70))
    save("music-drascula", music(found("usr/share/scummvm/drascula/**/*.ogg")[:30], 40))
    pieces = found("*/pieces/**/*.ogg", "usr/share/planetblupi/**/*.ogg")
    horizons = found("usr/share/unknown-horizons/content/audio/music/**/*.ogg")
    save("music-games", music(pieces + horizons, 70))
    short = found("usr/share/hyperrogue/**/*.ogg", GAMES + "hedgewars/**/Music/*.ogg")
    save("music-short", music(short, 60))
    crowds = ("frozen-bubble/snd/applause.ogg", "tuxfootball/sound/crowd[ob]*.wav", "etr/sounds/*slide.wav")
    places = found("usr/share/unknown-horizons/content/audio/sounds/*.ogg")
    save("crowd", music(found(*(GAMES + crowd for crowd in crowds)) + places, 30))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
