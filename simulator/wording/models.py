"""What the program says when a recogniser's model cannot be installed: the codes that `simulator.speech` raises."""

from __future__ import annotations

from typing import Final

MODELS: Final[dict[str, str]] = {
    # What is no model
    "model-lacks-file": (
        "The model {name} lacks the file {file}, so nothing was installed. Download or copy the whole model again."
    ),
    "model-file-broken": (
        "The file {file} of the model {name} is damaged, so nothing was installed. Download or copy the model again."
    ),
    "model-unrecognised": (
        "In {name} there is no speech model: neither am/final.mdl (Vosk) nor acoustic_model/mdef (PocketSphinx) was found."
    ),
    "model-ambiguous": "In {name} there are several models: {first} and {second}. Install them one by one.",
    "model-exists": "The model {name} is installed already. To install it anew, remove it first: models remove {name}",
    "model-unknown": "There is no installed model {name}. See which there are: models list",
    "model-in-use": "The model {name} could not be removed: {reason}. Close the other windows of this program and try again.",
    "model-not-found": "There is no file or folder {path}.",
    # The archive
    "archive-broken": "The file {name} is no whole ZIP archive ({detail}). Download or copy it again.",
    "archive-unsafe": "The archive {name} holds an entry that must not be unpacked: {entry}. Nothing was installed.",
    "archive-too-large": "The archive {name} would take {size} MB unpacked; at most {limit} MB are accepted. Nothing was installed.",
    "archive-encrypted": "The archive {name} has a password. Install an archive without one.",
    "models-disk-full": (
        "There is not enough space on the disk of {path}: {needed} MB are needed. Free some space and try again; "
        "nothing is half installed."
    ),
    # The download
    "download-address": "{url} is no address to download from: it must begin with https:// or http:// and hold no password.",
    "download-refused": (
        "The server {host} answered {status} to the download. Check the address or ask whoever runs the server."
    ),
    "download-unreachable": (
        "The server {host} cannot be reached ({reason}). Check the connection. On a machine without Internet, download "
        "the model elsewhere and install it from its folder or ZIP file."
    ),
    "download-certificate": (
        "The server {host} could not prove that it is itself ({reason}). Nothing was downloaded; check this computer's "
        "date and ask whoever runs the network."
    ),
    "download-cut": ("The download from {host} was cut off after {done} MB. The same command goes on from there."),
    "download-cut-anew": (
        "The download from {host} was cut off, and that server cannot go on where it stopped: it must begin anew."
    ),
    "download-cancelled": "The download was cancelled.",
    "download-strange": "The answer of the server {host} makes no sense ({detail}). Nothing was installed.",
    "download-too-large": "The file at {url} is larger than {limit} MB: that is no model for this program.",
    "download-checksum": (
        "The downloaded file is not the one that was expected: its SHA-256 is {found}, not {expected}. It was deleted."
    ),
}
