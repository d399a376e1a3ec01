"""What is learnt in each stage, as losses over batches of tokens.

heal:  after the K heads were merged, the model learns to be the base again: next token, distillation from the base's
       distribution, and likeness of the hidden states in the first half of the training.
teach: the three jobs of the app, the answer's tokens alone, with documents and general chat mixed in so that nothing
       is forgotten; the last part with the shipped rounding in the forward pass.
"""

import numpy as np
import torch
import torch.nn.functional as F

from fast_forward import FastForward


def compiled_form(function, compiled):
    return torch.compile(function, dynamic=False) if compiled else function


def next_token(logits, targets):
    """Mean over the targets that are not -100."""
    return F.cross_entropy(logits.flatten(0, -2).float(), targets.flatten(), ignore_index=-100)


def divergence(logits, teacher_logits):
    """KL(teacher || student) a token, mean."""
    log_p = F.log_softmax(teacher_logits.flatten(0, -2).float(), dim=-1)
    log_q = F.log_softmax(logits.flatten(0, -2).float(), dim=-1)
    return F.kl_div(log_q, log_p, log_target=True, reduction="batchmean")


def token_and_divergence(logits, teacher_logits, targets):
    return next_token(logits, targets), divergence(logits, teacher_logits)


def likeness_of(a, b):
    """Mean squared difference against the teacher's own size, as later layers are far larger."""
    return F.mse_loss(a.float(), b.float()) / b.float().pow(2).mean()


class Distillation:
    """Student and teacher over one batch of text; every position counts."""

    def __init__(self, student, teacher, length, device, quantised=False, compiled=False):
        self.student, self.teacher, self.device = student, teacher, device
        self.run = FastForward(student.config, device, length, quantised, compiled)
        self.teach = FastForward(teacher.config, device, length, compiled=compiled)
        self.losses = compiled_form(token_and_divergence, compiled)
        self.likeness = compiled_form(likeness_of, compiled)

    def loss(self, ids, hidden_weight):
        with torch.no_grad():
            teacher_layers, teacher_x = self.teach.hidden(self.teacher, ids)
            teacher_logits = self.teach.logits(self.teacher, teacher_x[:, :-1])
        layers, x = self.run.hidden(self.student, ids)
        token, kl = self.losses(self.run.logits(self.student, x[:, :-1]), teacher_logits, ids[:, 1:])
        loss = 0.5 * token + 0.5 * kl
        if hidden_weight == 0:
            return loss, {"token": token, "kl": kl}
        pairs = zip(layers, teacher_layers, strict=True)
        likeness = sum(self.likeness(a, b) for a, b in pairs) / len(layers)
        return loss + hidden_weight * likeness, {"token": token, "kl": kl, "likeness": likeness}

    def parts(self, ids, rows, hidden_weight, weight=1.0):
        """The batch in parts of `rows` rows, for `training_loop.run`."""
        count = -(-len(ids) // rows)
        for part in ids.split(rows):
            part = part.to(self.device, non_blocking=True)
            with torch.autocast(self.device.type, torch.bfloat16):
                loss, values = self.loss(part, hidden_weight)
            yield loss * weight / count, values, part.numel()


class Teaching:
    """Answers to tasks; what stands before the answer is read and not learnt."""

    def __init__(self, student, length, device, quantised=False, compiled=False):
        self.student, self.device = student, device
        self.run = FastForward(student.config, device, length, quantised, compiled)

    def part(self, ids, targets, weight=1.0):
        ids, targets = ids.to(self.device, non_blocking=True), targets.to(self.device, non_blocking=True)
        learnt = targets != -100
        with torch.autocast(self.device.type, torch.bfloat16):
            _, x = self.run.hidden(self.student, ids)
            # Logits of the answers alone: most of a batch is prompt.
            loss = next_token(self.run.logits(self.student, x[learnt]), targets[learnt])
        return loss * weight, {"answer": loss}, ids.numel()


@torch.no_grad()
def perplexity(model, windows, device, quantised=False):
    """exp of the mean loss a token over windows (1, T); one long enough for all is taken for the tables."""
    windows = list(windows)
    run = FastForward(model.config, device, max(ids.shape[1] for ids in windows), quantised)
    total, count = 0.0, 0
    for ids in windows:
        ids = ids.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            _, x = run.hidden(model, ids)
            loss = F.cross_entropy(
                run.logits(model, x[0, :-1]).float(), ids[0, 1:], reduction="sum"
            )
        total, count = total + float(loss), count + ids.shape[1] - 1
    return float(torch.tensor(total / count).exp())


@torch.no_grad()
def answer_loss(model, tasks, device, most, quantised=False):
    """Mean loss a token of held-out answers."""
    run = FastForward(model.config, device, tasks.BUCKETS[-1], quantised)
    total, count = 0.0, 0
    for index, (ids, targets) in enumerate(tasks.epoch(8192, np.random.default_rng(0))):
        if index * 8192 > most:
            break
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            _, x = run.hidden(model, ids.to(device))
            chosen = targets.to(device) != -100
            loss = F.cross_entropy(run.logits(model, x[chosen]).float(), targets.to(device)[chosen], reduction="sum")
        total, count = total + float(loss), count + int(chosen.sum())
    return total / max(1, count)
