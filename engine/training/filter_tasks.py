"""Takes tasks out whose request is nearly one of the evaluation's: cosine of all-MiniLM-L6-v2 above 0.9.

    python filter_tasks.py ../eval/items tasks-commands.jsonl filtered.jsonl

Tasks with the command of an item are never made (tasks/command-tasks.ts). Only requests that share words with an item
are embedded: sentences without a common word are far below the limit.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
from cmd_score import Encoder, model_folder  # noqa: E402

LIMIT = 0.9
# Share of the smaller set of words that must be common before a pair is compared.
SHARED = 0.65
PLAIN = set("a an and all any are as at by can do for from give how i in into is it its list me my need of on only or please print show that the their them this to use using want what which with you your command".split())


def words(text):
    return frozenset(word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in PLAIN)


def item_requests(folder):
    return [
        json.loads(line)["request"]
        for file in sorted(Path(folder).glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def near(requests, items, encode, limit=LIMIT):
    """The requests that are too near to one of the items, with that item."""
    item_words = [words(item) for item in items]
    by_word = {}
    for index, own in enumerate(item_words):
        for word in own:
            by_word.setdefault(word, []).append(index)
    candidates = []
    for request in requests:
        own = words(request)
        shared = {}
        for word in own:
            for index in by_word.get(word, ()):
                shared[index] = shared.get(index, 0) + 1
        if any(n >= SHARED * max(1, min(len(own), len(item_words[i]))) for i, n in shared.items()):
            candidates.append(request)
    if not candidates:
        return {}
    similarity = encode(candidates) @ encode(items).T
    best = similarity.argmax(1)
    return {
        request: items[best[row]] for row, request in enumerate(candidates) if similarity[row, best[row]] > limit
    }


def encoder():
    """texts -> unit rows (N, 384). Texts of like length stand together, so that little is padding."""
    model = Encoder(model_folder())

    def encode(texts):
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        rows = np.zeros((len(texts), 384), np.float32)
        rows[order] = model.encode([texts[at] for at in order])
        return rows

    return encode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items")
    parser.add_argument("tasks")
    parser.add_argument("out")
    a = parser.parse_args()
    lines = Path(a.tasks).read_text(encoding="utf-8").splitlines()
    requests = [json.loads(line)["messages"][-1]["content"] for line in lines]
    found = near(sorted(set(requests)), item_requests(a.items), encoder())
    kept = [line for line, request in zip(lines, requests, strict=True) if request not in found]
    Path(a.out).write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(lines) - len(kept)} of {len(lines)} tasks are too near to an item and left out")


if __name__ == "__main__":
    main()
