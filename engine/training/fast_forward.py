"""The reference decoder (model.py) run fast for training: the same weights, fused attention, logits on demand.

`fake_quantised` puts the shipped 4-bit and 8-bit rounding into the forward pass (straight-through gradients), so that
what is trained is what is exported.
"""

import torch
import torch.nn.functional as F

from model import rope_tables, rotate, theta_frequencies
from quantize import fake_quantise4, fake_quantise8


def plain(weight):
    return weight


def fake_quantised(weight):
    """The matrix as its 4-bit form stands for it; the gradient passes as if nothing had been rounded."""
    return weight + (fake_quantise4(weight) - weight).detach()


def fake_quantised_embedding(weight):
    return weight + (fake_quantise8(weight) - weight).detach()


class FastForward:
    """`hidden(model, ids)` and `logits(model, x)` of one shape of model; holds the rotation tables on its device.

    `compiled` compiles one layer, which serves all of them: the whole decoder would take minutes for each shape.
    """

    def __init__(self, config, device, length, quantised=False, compiled=False):
        self.config = config
        self.block = torch.compile(self.layer, dynamic=False) if compiled else self.layer
        self.cos, self.sin = (table.to(device) for table in rope_tables(theta_frequencies(config), length))
        self.weight = fake_quantised if quantised else plain
        self.embedding = fake_quantised_embedding if quantised else plain

    def hidden(self, model, ids):
        """ids (B, T) -> output of every layer [(B, T, hidden)] and the normed last one (B, T, hidden)."""
        T = ids.shape[1]
        cos, sin = self.cos[:T], self.sin[:T]
        x = F.embedding(ids, self.embedding(model.embed.weight))
        layers = []
        for layer in model.layers:
            x = self.block(layer, x, cos, sin)
            layers.append(x)
        return layers, model.norm(x)

    def layer(self, layer, x, cos, sin):
        x = x + self.attention(layer.attn, layer.attn_norm(x), cos, sin)
        return x + self.swiglu(layer.ffn, layer.ffn_norm(x))

    def logits(self, model, x):
        """(..., hidden) -> (..., vocab)."""
        head = model.embed.weight if self.config.tied_embedding else model.head.weight
        return F.linear(x, self.embedding(head))

    def linear(self, layer, x):
        return F.linear(x, self.weight(layer.weight))

    def swiglu(self, ffn, x):
        return self.linear(ffn.down, F.silu(self.linear(ffn.gate, x)) * self.linear(ffn.up, x))

    def attention(self, attn, x, cos, sin):
        c = self.config
        B, T, _ = x.shape
        q, k, v = self.linear(attn.wq, x), self.linear(attn.wk, x), self.linear(attn.wv, x)
        if c.augmented_q:
            # The residual form (model.py); the paper's own form is not trained here.
            q = q + self.swiglu(attn.aug_q, x)
        q = q.view(B, T, c.n_q, c.d_k).transpose(1, 2)
        k = k.view(B, T, c.n_k, c.d_k).transpose(1, 2)
        v = v.view(B, T, c.n_v, c.d_v).transpose(1, 2)
        q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
        k = k.repeat_interleave(c.n_q // c.n_k, dim=1)
        v = v.repeat_interleave(c.n_q // c.n_v, dim=1)
        heads = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.linear(attn.wo, heads.transpose(1, 2).reshape(B, T, c.n_q * c.d_v))
