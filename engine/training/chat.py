"""Which of the engine's chat templates (engine/tokenizer/chat-template.ts) a checkpoint was trained with.

The engine does not run Jinja: a model folder is data, and its template must not be able to put text of its own, or
special tokens out of a log line, in front of the model. So the template is recognised by its marks.
"""

from checkpoint import UnsupportedModel

# Template -> (the tokens that it needs, the token that ends a turn). 'zephyr' writes its roles as text.
TEMPLATES = {
    "chatml": (("<|im_start|>", "<|im_end|>"), "<|im_end|>"),
    "qwen3": (("<|im_start|>", "<|im_end|>", "<think>", "</think>"), "<|im_end|>"),
    "llama3": (("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"), "<|eot_id|>"),
    "mistral": (("<s>", "[INST]", "[/INST]", "</s>"), "</s>"),
    "zephyr": (("</s>",), "</s>"),
}
# The token before a chat, for templates that have one.
BEGIN = {"llama3": "<|begin_of_text|>", "mistral": "<s>"}
# Other tokens that end a text in these families; a generation stops at them as well.
TEXT_ENDS = ("<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>")


def recognise(jinja):
    """The template's name; None where it is none of the engine's."""
    if "<|im_start|>" in jinja:
        # A template that puts <s> first (Hermes 3) is ChatML with one token more, which the engine does not write.
        return None if "bos_token" in jinja else "qwen3" if "enable_thinking" in jinja else "chatml"
    if "<|start_header_id|>" in jinja:
        return "llama3"
    if "[INST]" in jinja and "<<SYS>>" not in jinja and "[SYSTEM_PROMPT]" not in jinja:
        return "mistral"
    if "<|assistant|>" in jinja and "eos_token" in jinja and "<|end|>" not in jinja:
        return "zephyr"
    return None


def choose_template(jinja, tokenizer, wanted=None):
    """The name for config.json, checked against the tokenizer. `wanted` overrides what the model says."""
    name = wanted or (recognise(jinja) if jinja else None)
    supported = f"supported: {', '.join(TEMPLATES)}; --chat-template NAME chooses one"
    if name is None:
        what = "the model's chat template is not one of the engine's" if jinja else "the model has no chat template"
        raise UnsupportedModel(f"{what} ({supported})")
    added = {token["content"] for token in tokenizer["added_tokens"]}
    missing = [token for token in TEMPLATES[name][0] if token not in added]
    if missing:
        raise UnsupportedModel(
            f"chat template '{name}' needs the special token {missing[0]}, which the tokenizer does not have: written "
            "as plain text, a log line could imitate it"
        )
    return name


def turn(template, role, content):
    """One turn as text in which special tokens are spelled out: for text of our own only, never for data."""
    if template == "llama3":
        return f"<|start_header_id|>{role}<|end_header_id|>\n\n{content}<|eot_id|>"
    if template == "mistral":
        return f" {content}</s>" if role == "assistant" else f"[INST] {content}[/INST]"
    if template == "zephyr":
        return f"<|{role}|>\n{content}</s>\n"
    return f"<|im_start|>{role}\n{content}<|im_end|>\n"


def end_tokens(template, end_ids, tokenizer):
    """Tokens that stop a generation: the turn's end, those the model names, and the family's ends of a text."""
    added = {token["id"]: token["content"] for token in tokenizer["added_tokens"]}
    missing = [i for i in end_ids if i not in added]
    if missing:
        raise UnsupportedModel(f"the end-of-text id {missing[0]} is no special token of tokenizer.json")
    known = [token for token in TEXT_ENDS if token in added.values()]
    return list(dict.fromkeys([TEMPLATES[template][1], *(added[i] for i in end_ids), *known]))
