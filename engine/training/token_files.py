"""Training data as tokens: `NAME.u16` holds ids one after the other, `NAME.json` says where each example lies.

A document set has only ids, documents divided by the end-of-text token. A task set has for each example its start and
where its answer begins: the loss is on the answer alone. Both are memory-mapped.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch


def write_tokens(folder, name, examples, about):
    """`examples` are (ids, place of the first answer token in them); `about` goes into the JSON as it is."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    starts, answers, parts, total = [], [], [], 0
    for ids, answer in examples:
        starts.append(total)
        answers.append(answer)
        parts.append(np.asarray(ids, dtype=np.uint16))
        total += len(ids)
    data = np.concatenate(parts) if parts else np.zeros(0, np.uint16)
    data.tofile(folder / f"{name}.u16")
    index = {**about, "tokens": total, "sha256": hashlib.sha256(data.tobytes()).hexdigest()}
    (folder / f"{name}.json").write_text(json.dumps({**index, "starts": starts, "answers": answers}) + "\n")


class Documents:
    """A stream of text in windows of any length."""

    def __init__(self, folder, name):
        self.ids = np.memmap(Path(folder) / f"{name}.u16", dtype=np.uint16, mode="r")
        self.about = json.loads((Path(folder) / f"{name}.json").read_text())

    def batch(self, rows, length, random):
        """(rows, length) ids from random places."""
        starts = random.integers(0, len(self.ids) - length, rows)
        return torch.from_numpy(np.stack([self.ids[s : s + length] for s in starts]).astype(np.int64))

    def windows(self, length, most):
        """Up to `most` windows (1, length) that do not overlap, from the start."""
        count = min(most, len(self.ids) // length)
        for index in range(count):
            part = self.ids[index * length : (index + 1) * length]
            yield torch.from_numpy(part.astype(np.int64))[None]


class Tasks:
    """Examples whose answers are learnt. Batches hold examples of like length, so that little is padding."""

    BUCKETS = (320, 448, 640, 1536, 2048)

    def __init__(self, folder, name):
        self.name = name
        self.ids = np.memmap(Path(folder) / f"{name}.u16", dtype=np.uint16, mode="r")
        self.about = json.loads((Path(folder) / f"{name}.json").read_text())
        self.starts = np.asarray(self.about.pop("starts"), dtype=np.int64)
        self.answers = np.asarray(self.about.pop("answers"), dtype=np.int64)
        self.lengths = np.diff(np.append(self.starts, len(self.ids)))

    def __len__(self):
        return len(self.starts)

    def epoch(self, tokens, random):
        """Every example once, in batches of about `tokens` padded tokens and random order; longer ones than the
        largest bucket are left out. Gives (ids, targets): targets are -100 wherever nothing is learnt."""
        batches = []
        low = 0
        for length in self.BUCKETS:
            chosen = np.flatnonzero((self.lengths > low) & (self.lengths <= length))
            low = length
            random.shuffle(chosen)
            rows = max(1, tokens // length)
            batches += [(length, chosen[at : at + rows]) for at in range(0, len(chosen), rows)]
        for index in random.permutation(len(batches)):
            yield self.collate(*batches[index], rows=max(1, tokens // batches[index][0]))

    def collate(self, length, chosen, rows):
        """Always `rows` rows, so that a compiled step sees few shapes."""
        ids = np.zeros((rows, length), dtype=np.int64)
        targets = np.full((rows, length), -100, dtype=np.int64)
        for row, example in enumerate(chosen):
            part = self.ids[self.starts[example] : self.starts[example] + self.lengths[example]].astype(np.int64)
            ids[row, : len(part)] = part
            answer = self.answers[example]
            # What stands at place t is foretold from place t - 1.
            targets[row, answer - 1 : len(part) - 1] = part[answer:]
        return torch.from_numpy(ids), torch.from_numpy(targets)
