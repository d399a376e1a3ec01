"""Weight blocks in the layout of onnxruntime's MatMulNBits: w = (q - zero) * scale, 32 weights a block.

The matrix is (N, K), K the input width. `q` is uint8 (N, blocks, 32 * bits / 8), 4-bit values low nibble first;
`scale` is fp32 (N, blocks); `zero` is uint8 (N, ceil(blocks * bits / 8)), packed like q.

GGUF's Q4_1 has a float offset a block, w = q * scale + offset. onnxruntime has fast kernels only for an integer
zero point, and rounding the offset to whole steps raised perplexity by 20 % (16.4 to 19.7, the least-squares fit
of scale and zero point included). So the rest of the offset, less than one step, becomes an extra weight:

    sum_i (q_i * scale + offset) x_i = sum_i (q_i - zero) * scale * x_i + rest * sum_i x_i

The graph appends the sums of x over each block to x, and the matrix has the rests as K/32 more columns, 4-bit
blocks like the others. They are small, so that their own rounding hardly counts.
"""

import torch

BLOCK = 32
# Rows quantised together: a matrix needs several temporaries of its size in fp32, a few thousand rows need little.
ROWS = 4096


def _blocks(weight):
    """(N, K) -> (N, ceil(K / 32), 32), zeros at the end."""
    n, k = weight.shape
    padded = torch.nn.functional.pad(weight.float(), (0, -k % BLOCK))
    return padded.reshape(n, -1, BLOCK)


def _pack4(values):
    """Pairs along the last dimension into bytes, low nibble first; an odd end is filled with 0."""
    if values.shape[-1] % 2:
        values = torch.nn.functional.pad(values, (0, 1))
    return (values[..., 0::2] | (values[..., 1::2] << 4)).contiguous()


def _unpack4(packed):
    return torch.stack((packed & 15, packed >> 4), dim=-1).flatten(-2)


def _by_rows(quantize, weight):
    parts = [quantize(rows) for rows in weight.split(ROWS)]
    return tuple(torch.cat(part) for part in zip(*parts, strict=True))


def quantize4(weight):
    """(N, K) -> (q, scale, zero) of the matrix (N, K + K/32) whose last columns are the blocks' offset rests.

    A matrix that came from Q4_1 keeps its 4-bit values: smallest and largest of a block are its levels 0 and 15.
    """
    if weight.shape[1] % BLOCK:
        raise ValueError(f"input width {weight.shape[1]} must be a multiple of {BLOCK}")
    return _by_rows(_quantize4, weight)


def _quantize4(weight):
    w = _blocks(weight)
    low, high = w.amin(-1), w.amax(-1)
    scale = ((high - low) / 15).clamp(min=1e-12)
    q = ((w - low[..., None]) / scale[..., None]).round().clamp(0, 15)
    zero = (-low / scale).round().clamp(0, 15)
    rest = _blocks(low + zero * scale)
    rest_scale = (rest.abs().amax(-1) / 7).clamp(min=1e-12)
    rest_q = (rest / rest_scale[..., None]).round() + 8
    all_q = torch.cat((q, rest_q), dim=1).byte()
    all_zero = torch.cat((zero, torch.full_like(rest_scale, 8)), dim=1).byte()
    return _pack4(all_q), torch.cat((scale, rest_scale), dim=1), _pack4(all_zero)


def quantize8(weight):
    """(N, K) -> (q, scale, zero), symmetric around 128; exact for a matrix that came from GGUF's Q8_0.

    The scale is the largest magnitude over 127, as in Q8_0, so the same integers come back.
    """
    return _by_rows(_quantize8, weight)


def _quantize8(weight):
    w = _blocks(weight)
    scale = (w.abs().amax(-1) / 127).clamp(min=1e-12)
    q = (w / scale[..., None]).round().clamp(-127, 127) + 128
    return q.byte(), scale, torch.full(scale.shape, 128, dtype=torch.uint8)


def quantize4_symmetric(weight):
    """(N, K) -> (q, scale) around the fixed zero point 8, as onnxruntime takes it where none is stored.

    The largest magnitude of a block gets level 0, so that all 16 levels are used, as in GGUF's Q4_0.
    """
    if weight.shape[1] % BLOCK:
        raise ValueError(f"input width {weight.shape[1]} must be a multiple of {BLOCK}")
    return _by_rows(_quantize4_symmetric, weight)


def _steps4(w):
    """Blocks (..., 32) -> their steps (..., 1); w / step lies in -8 .. 8."""
    largest = w.gather(-1, w.abs().argmax(-1, keepdim=True))
    scale = largest / -8
    return torch.where(scale.abs() < 1e-12, torch.full_like(scale, 1e-12), scale)


def _quantize4_symmetric(weight):
    w = _blocks(weight)
    scale = _steps4(w)
    q = (w / scale).round().clamp(-8, 7) + 8
    return _pack4(q.byte()), scale.squeeze(-1)


def fake_quantise4(weight):
    """The fp32 matrix that `quantize4_symmetric` of this one stands for; for training, on any device."""
    w = weight.float().unflatten(-1, (-1, BLOCK))
    scale = _steps4(w)
    return ((w / scale).round().clamp(-8, 7) * scale).flatten(-2)


def fake_quantise8(weight):
    """The same for `quantize8`."""
    w = weight.float().unflatten(-1, (-1, BLOCK))
    scale = (w.abs().amax(-1, keepdim=True) / 127).clamp(min=1e-12)
    return ((w / scale).round().clamp(-127, 127) * scale).flatten(-2)


def dequantize4_symmetric(q, scale):
    return ((_unpack4(q).float() - 8) * scale.float()[..., None]).flatten(1)


def dequantize4(q, scale, zero, width):
    """The fp32 matrix (N, width) that stored 4-bit blocks stand for, offset rests folded back in."""
    q, zero = _unpack4(q).float(), _unpack4(zero)[:, : scale.shape[1]].float()
    w = (q - zero[..., None]) * scale[..., None]
    blocks = width // BLOCK
    rest = w[:, blocks:].flatten(1)[:, :blocks]
    return (w[:, :blocks] + rest[..., None]).flatten(1)


def dequantize8(q, scale, zero):
    return ((q.float() - zero.float()[..., None]) * scale[..., None]).flatten(1)
