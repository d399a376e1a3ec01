"""Texts and tasks -> the token files that train.py reads (token_files.py).

    python make_tokens.py --corpus corpus.jsonl --chat-prompts chat.jsonl --tasks tasks-*.jsonl --out data

corpus.jsonl is corpus.py's; chat.jsonl has {messages} a line, general questions that the base will answer; a task has
{set, split, messages, answer}: the prompt's messages exactly as the app renders them, and what the assistant should
say. Content is always encoded as data, as the app does: what spells a special token in it is text.
"""

import argparse
import hashlib
import json
from pathlib import Path

from tokenizers import Tokenizer

from token_files import write_tokens

END_OF_TEXT, TURN, TURN_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
# One document in this many is held out.
HELD = 100


class Encoder:
    """ChatML as engine/tokenizer/chat-template.ts lays it out."""

    def __init__(self, file):
        self.tokenizer = Tokenizer.from_file(str(file))
        self.special = {token: self.tokenizer.token_to_id(token) for token in (END_OF_TEXT, TURN, TURN_END)}
        self.tokenizer.encode_special_tokens = True

    def text(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def turn(self, role, content):
        return [self.special[TURN], *self.text(f"{role}\n{content}"), self.special[TURN_END], *self.text("\n")]

    def chat(self, messages):
        return [token for message in messages for token in self.turn(message["role"], message["content"])]

    def task(self, messages, answer):
        """(ids, place of the answer's first token); the answer ends with the turn's end, which is learnt as well."""
        prompt = [*self.chat(messages), self.special[TURN], *self.text("assistant\n")]
        return [*prompt, *self.text(answer), self.special[TURN_END]], len(prompt)


def read_lines(path):
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def is_held(text):
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % HELD == 0


def write_documents(encoder, corpus, out):
    kept, held, sources = [], [], {}
    for document in read_lines(corpus):
        ids = [*encoder.text(document["text"]), encoder.special[END_OF_TEXT]]
        (held if is_held(document["path"]) else kept).append((ids, 0))
        source = sources.setdefault(f"{document['package']} {document['version']}", {"tokens": 0})
        source["tokens"] += len(ids)
        source["licence"] = document["licence"]
    write_tokens(out, "documents", kept, {"source": "Debian packages", "packages": sources})
    write_tokens(out, "documents-held", held, {"source": "Debian packages, one document in 100"})


def write_chat_prompts(encoder, chat, out):
    """Prompts up to where the assistant begins; train.py lets the base answer them."""
    opening = [encoder.special[TURN], *encoder.text("assistant\n")]
    prompts = [([*encoder.chat(line["messages"]), *opening], 0) for line in read_lines(chat)]
    about = {"source": "prompts by this project", "endIds": [encoder.special[TURN_END], encoder.special[END_OF_TEXT]]}
    write_tokens(out, "chat-prompts", prompts, about)


def write_tasks(encoder, files, out):
    """`teach-SET` and `held-SET`, and all prompts with answers as plain text for healing."""
    sets, texts = {}, []
    for file in files:
        for line in read_lines(file):
            example = encoder.task(line["messages"], line["answer"])
            name = f"{'held' if line['split'] == 'held' else 'teach'}-{line['set']}"
            sets.setdefault(name, []).append(example)
            if line["split"] != "held":
                texts.append((example[0], 0))
    for name, examples in sorted(sets.items()):
        write_tokens(out, name, examples, {"source": "see make-tasks", "examples": len(examples)})
    write_tokens(out, "task-text", texts, {"source": "all prompts with their answers"})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus")
    parser.add_argument("--chat-prompts")
    parser.add_argument("--tasks", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    parser.add_argument("--tokenizer", default=Path(__file__).parents[2] / "assets/model/tokenizer.json")
    a = parser.parse_args()
    encoder = Encoder(a.tokenizer)
    if a.corpus:
        write_documents(encoder, a.corpus, a.out)
    if a.chat_prompts:
        write_chat_prompts(encoder, a.chat_prompts, a.out)
    if a.tasks:
        write_tasks(encoder, a.tasks, a.out)


if __name__ == "__main__":
    main()
