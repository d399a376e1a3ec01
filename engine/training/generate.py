"""Text that a model writes, many prompts at once; without a cache, as prompts and answers are short."""

import torch

from fast_forward import FastForward


@torch.no_grad()
def sample(model, prompts, new_tokens, end_ids, device, temperature=0.7, top_p=0.9, rows=256, seed=1):
    """Continuations of each prompt (lists of ids), up to and with an end token. Padding stands behind each row's text,
    where causal attention never looks."""
    generator = torch.Generator(device).manual_seed(seed)
    results = []
    ends = torch.tensor(sorted(end_ids), device=device)
    for first in range(0, len(prompts), rows):
        part = prompts[first : first + rows]
        lengths = torch.tensor([len(p) for p in part], device=device)
        width = int(lengths.max()) + new_tokens
        ids = torch.zeros(len(part), width, dtype=torch.long, device=device)
        for row, prompt in enumerate(part):
            ids[row, : len(prompt)] = torch.tensor(prompt)
        begun, done = lengths.tolist(), torch.zeros(len(part), dtype=torch.bool, device=device)
        run = FastForward(model.config, device, width)
        every = torch.arange(len(part), device=device)
        for _ in range(new_tokens):
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                _, x = run.hidden(model, ids[:, : int(lengths.max())])
                logits = run.logits(model, x[every, lengths - 1]).float()
            chosen = choose(logits / temperature, top_p, generator)
            ids[every[~done], lengths[~done]] = chosen[~done]
            lengths = torch.where(done, lengths, lengths + 1)
            done = done | torch.isin(chosen, ends)
            if bool(done.all()):
                break
        for row, (start, end) in enumerate(zip(begun, lengths.tolist(), strict=True)):
            results.append(ids[row, start:end].tolist())
    return results


def choose(logits, top_p, generator):
    """One id a row out of the likeliest that together have `top_p`."""
    probabilities, order = logits.softmax(-1).sort(-1, descending=True)
    before = probabilities.cumsum(-1) - probabilities
    probabilities = probabilities.masked_fill(before >= top_p, 0)
    drawn = torch.multinomial(probabilities, 1, generator=generator)
    return order.gather(-1, drawn).squeeze(-1)
