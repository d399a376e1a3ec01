"""General questions for the base to answer while training: what the model should still be able to talk about.

    python chat_prompts.py chat.jsonl            # {messages} a line, the same for the same seed
"""

import argparse
import json
import random

# The system prompt of the app's chat, and the base's own.
SYSTEMS = (
    "You are a helpful AI assistant named SmolLM, trained by Hugging Face",
    "You are Sigma Ops, an assistant for operations engineers. You answer questions about Linux systems, services, "
    "networks, containers and logs. Be brief and exact. Put shell commands into ```bash blocks. If you do not know, "
    "say so. System: Debian GNU/Linux 12 (bookworm), shell bash.",
)
GENERAL = (
    "photosynthesis|the water cycle|gravity|the French Revolution|how vaccines work|the stock market|inflation|"
    "climate change|black holes|the periodic table|Shakespeare|jazz|healthy breakfasts|learning a language|"
    "time management|writing a cover letter|a job interview|public speaking|saving money|running a marathon|"
    "growing tomatoes|baking bread|making coffee|the human heart|sleep|meditation|yoga|chess openings|"
    "the rules of football|planets|dinosaurs|volcanoes|earthquakes|the moon landing|electric cars|solar power|"
    "nuclear energy|the printing press|the internet|encryption|machine learning|neural networks|databases|"
    "recursion|sorting algorithms|object-oriented programming|functional programming|unit tests|version control|"
    "code review|debugging|technical writing|project planning|a team meeting|feedback to a colleague|remote work|"
    "negotiation|a birthday party|a weekend in Rome|hiking|camping|photography|drawing|poetry|a short story|"
    "friendship|honesty|curiosity|the seasons|rainbows|tides|bees|elephants|whales|rainforests|deserts|rivers|"
    "fractions|percentages|probability|the Pythagorean theorem|prime numbers|statistics|the scientific method|"
    "democracy|human rights|recycling|plastic pollution|air travel|trains|bicycles|maps|compasses|clocks"
).split("|")
OPERATIONS = (
    "a load balancer|a reverse proxy|DNS|TLS certificates|DHCP|a VPN|a firewall|SSH keys|systemd|cron|RAID|LVM|"
    "an inode|a file descriptor|swap space|the page cache|a zombie process|load average|a signal|a container|"
    "a container image|Kubernetes pods|a Kubernetes service|ingress|etcd|Helm|Terraform|Ansible|CI/CD|blue-green "
    "deployment|canary releases|monitoring|alerting|log rotation|structured logs|tracing|latency percentiles|"
    "a message queue|a cache|database replication|a primary key|an index|a transaction|deadlocks|backups|"
    "disaster recovery|high availability|a heartbeat|consensus|eventual consistency|rate limiting|a circuit breaker|"
    "HTTP status codes|REST|WebSockets|gRPC|CORS|cookies|OAuth|least privilege|an audit log|patch management|"
    "capacity planning|an on-call rotation|a postmortem|a runbook|NUMA|hugepages|eBPF|cgroups|namespaces|iptables|"
    "BGP|VLANs|MTU|NAT|IPv6|TCP retransmissions|a SYN flood|InfiniBand|RDMA|GPU memory|CUDA|NCCL|Slurm|object storage"
).split("|")
FORMS = (
    "What is {}?", "Explain {} in two sentences.", "Give me three tips about {}.", "Tell me something about {}.",
    "Why does {} matter?", "Write a short paragraph about {}.", "Explain {} to a child.",
    "What should a beginner know about {}?", "What are common mistakes with {}?", "Summarise {} in one line.",
    "Compare {} with something similar.", "Write a haiku about {}.", "How would you explain {} to a manager?",
)  # fmt: skip


def prompts(count, seed=1):
    pick = random.Random(seed)
    seen = set()
    while len(seen) < count:
        operations = pick.random() < 0.4
        question = pick.choice(FORMS).format(pick.choice(OPERATIONS if operations else GENERAL))
        if question in seen:
            continue
        seen.add(question)
        system = SYSTEMS[1] if operations and pick.random() < 0.7 else SYSTEMS[0]
        yield {"messages": [{"role": "system", "content": system}, {"role": "user", "content": question}]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--count", type=int, default=1500)
    a = parser.parse_args()
    with open(a.out, "w", encoding="utf-8") as out:
        for prompt in prompts(a.count):
            out.write(json.dumps(prompt, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
