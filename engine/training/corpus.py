"""Plain text out of Debian packages that lie in a folder: manual pages and documentation, for healing.

    apt-get download PACKAGE …                      # into a folder; nothing is installed
    python corpus.py FOLDER corpus.jsonl            # needs dpkg-deb and groff

Fetches nothing by itself. One JSON object a line: {package, version, licence, path, text}. The licence is that of the
package's copyright file, in Debian's own short names; packages without one are left out. Everything in Debian's main
archive may be used and changed by its guidelines; documents under licences with invariant parts are left out by name.
"""

import argparse
import gzip
import hashlib
import html
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PAGE = re.compile(r"/usr/share/man/man[1-9]/[^/]+\.[1-9][a-z]*(?:\.gz)?$")
DOCUMENT = re.compile(r"/usr/share/(?:doc|info|doc-base)/.+\.(?:txt|md|rst|html?|info|info-\d+|README)(?:\.gz)?$|/usr/share/doc/[^/]+/README[^/]*$", re.I)
UNWANTED = re.compile(r"changelog|copyright|NEWS|/examples/.*\.(?:html?)$|licen[cs]e|genindex|py-modindex|search\.html|/html/.*_source\.html|COPYING|/fdl|AUTHORS|THANKS", re.I)
INVARIANT = re.compile(r"GFDL-NIV|invariant|CC-BY-NC|non-?free", re.I)
MOST_CHARACTERS = 200_000
MOST_OF_PACKAGE = 2_500_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, help="folder with .deb files")
    parser.add_argument("out", type=Path)
    a = parser.parse_args()
    seen, total = set(), 0
    with a.out.open("w", encoding="utf-8") as out, ThreadPoolExecutor(2) as pool:
        for documents in pool.map(read_package, sorted(a.packages.glob("*.deb"))):
            for document in documents:
                document["text"] = without_seen(document["text"], seen)
                if len(document["text"]) < 400:
                    continue
                total += len(document["text"])
                out.write(json.dumps(document, ensure_ascii=False) + "\n")
    print(f"{total:,} characters in {a.out}", file=sys.stderr)


def read_package(deb):
    """Documents of one package, at most MOST_OF_PACKAGE characters."""
    name, version, _ = deb.stem.split("_", 2)
    result, size = [], 0
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["dpkg-deb", "-x", deb, folder], capture_output=True).returncode:
            return []
        root = Path(folder)
        licence = licence_of(root, name)
        if licence is None or INVARIANT.search(licence):
            return []
        files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
        for path in files:
            inside = "/" + str(path.relative_to(root))
            if UNWANTED.search(inside) or not (PAGE.search(inside) or DOCUMENT.search(inside)):
                continue
            text = page_text(path) if PAGE.search(inside) else document_text(path)
            if text and is_prose(text) and size < MOST_OF_PACKAGE:
                text = text[:MOST_CHARACTERS]
                size += len(text)
                result.append({"package": name, "version": version, "licence": licence, "path": inside, "text": text})
    return result


def licence_of(root, package):
    """Short names of the copyright file, or 'see copyright' where it has the old form; None where there is no file."""
    for path in (root / "usr/share/doc").glob("*/copyright"):
        text = path.read_text(errors="replace")
        names = sorted(set(re.findall(r"^License:[ \t]*(\S[^\n]*)", text, re.M)))
        return "; ".join(names)[:300] or "see copyright"
    return None


def raw(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def page_text(path):
    try:
        source = raw(path)
    except (OSError, EOFError):
        return ""
    if source.startswith(b".so "):
        return ""
    command = ["groff", "-Kutf8", "-mandoc", "-Tutf8", "-P-cbou", "-rLL=100n", "-t"]
    done = subprocess.run(command, input=source, capture_output=True, timeout=60)
    return tidy(done.stdout.decode("utf-8", "replace"))


def document_text(path):
    try:
        text = raw(path).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError):
        return ""
    if re.search(r"\.html?(?:\.gz)?$", path.name):
        text = re.sub(r"(?is)<(script|style|nav|head|footer)\b.*?</\1>", "", text)
        text = re.sub(r"(?i)<(?:p|div|tr|li|h\d|dt|dd|pre|br|table|ul|ol)\b[^>]*>", "\n", text)
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    if ".info" in path.name:
        # Nodes are divided by a control character and a line of links.
        text = re.sub(r"\x1f\nFile: [^\n]*\n", "\n", text).replace("\x1f", "")
    return tidy(text)


def tidy(text):
    text = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", text)
    text = "\n".join(line.rstrip() for line in text.splitlines())
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def is_prose(text):
    """English sentences, not tables of symbols or other scripts."""
    sample = text[:20_000]
    letters = sum(c.isascii() and c.isalpha() for c in sample)
    common = len(re.findall(r"\b(?:the|of|to|is|and|for|in|a)\b", sample))
    return letters > 0.5 * len(sample) and common > len(sample) / 250


def without_seen(text, seen):
    """The text without paragraphs that stood in an earlier document."""
    kept = []
    for paragraph in text.split("\n\n"):
        if len(paragraph) > 80:
            key = hashlib.blake2b(re.sub(r"\W+", "", paragraph).lower().encode(), digest_size=8).digest()
            if key in seen:
                continue
            seen.add(key)
        kept.append(paragraph)
    return "\n\n".join(kept)


if __name__ == "__main__":
    main()
