"""The model card says what the model, the manifest and the figures say; bad input is told before rendering."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from driftkit.daemon.cli.main import main
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import SHIPPED, Spec, read_spec
from driftkit.sampler.training.card import attributions, card
from driftkit.sampler.training.checkpoints import save
from driftkit.sampler.training.export import export
from driftkit.sampler.training.targets import TARGETS, TrainConfig

MANIFEST = "path,class,split,source,licence,attribution\na.wav,kick,train,me,CC0-1.0,by me\nb.wav,kick,test,you,ISC,\n"
SHARE = {"share": {"value": 0.02, "low": 0.01, "high": 0.04}}
MEASURED = {
    "n": 2, "seed": 1, "controls": {"guidance": 1.0}, "embedding": "judge", "agreement": {}, "faults": {},
    "memorisation": {"strangers": "test", "embedding": SHARE, "log_mel": SHARE},
}  # fmt: skip


def written(spec: Spec, tmp_path: Path) -> str:
    (tmp_path / "MANIFEST.csv").write_text(MANIFEST)
    judge = SHIPPED / "judge" / "judge.json"
    return card(spec, attributions(tmp_path / "MANIFEST.csv"), MEASURED, "a machine", judge)


def exported(tmp_path: Path, target: str, name: str, **more: float) -> Spec:
    config = TrainConfig(
        length=2000, bands=10, widths=(8,), embedding=8, crash_enter=4, crash_widths=(4,), crash_factors=(5,),
        crash_level=(2, 4), precision="float32", layered=0.2,
    )  # fmt: skip
    state = {
        "target": target,
        "config": config.as_dict(),
        "samples": 48,
        "ema": TARGETS[target].build(config).state_dict(),
    }
    save(tmp_path / name, state | more)
    return export(tmp_path / name, None, tmp_path / "model")


def test_a_card_tells_of_the_network_and_the_run_that_there_were(tmp_path: Path) -> None:
    text = written(exported(tmp_path, "crash", "best.pt", frechet=3.0), tmp_path)
    assert "The U-Net of CRASH predicts the noise" in text and "Wiener" not in text and "classifier for" not in text
    assert "48 augmented sounds in 2 steps of 24: float32, AdamW at 0.002" in text
    assert "20% of the sounds layered hybrids" in text and "| me | CC0-1.0 | 1 | by me |" in text
    assert "1 one-shots, the split `train` of the corpus, under: CC0-1.0." in text
    assert "those of `test` chose among the checkpoints" in text and "There is no split `unseen`" in text
    last = written(exported(tmp_path, "unet", "checkpoint.pt"), tmp_path)
    assert "Wiener filter on 10 bands" in last and "they only measure" in last and "chose among" not in last
    shipped = written(read_spec(SHIPPED / "default"), tmp_path)
    assert "and a noise-conditioned classifier for" in shipped and "| 0.316 |" in shipped


def test_a_model_that_tells_nothing_of_its_training_has_no_card(tmp_path: Path) -> None:
    spec = exported(tmp_path, "crash", "best.pt")
    with pytest.raises(Error, match="the model model does not tell how it was trained; --card takes what"):
        written(replace(spec, trained={}), tmp_path)


def test_bad_input_is_told_before_anything_is_rendered(
    tmp_path: Path, packed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("driftkit.sampler.model.Model.render_batch", None)
    mine, few, file = tmp_path / "mine", tmp_path / "few.npz", tmp_path / "file"
    mine.mkdir()
    file.touch()
    (tmp_path / "empty.npz").touch()
    np.savez(few, sounds=np.zeros((1, 44100), np.int16), labels=[0], split=["test"])

    def told(*words: object) -> str:
        with pytest.raises(SystemExit) as left:
            main(["evaluate", "-n", "2", "--device", "cpu", *map(str, words)])
        assert left.value.code == 2
        return capsys.readouterr().err

    assert "empty.npz is not a pack of sounds" in told("--data", tmp_path / "empty.npz")
    assert "the split has too few real sounds" in told("--data", packed)
    assert "distances need at least 16" in told("--data", few)
    (mine / "MANIFEST.csv").write_text("path,class,split\na.wav,kick,train\n")
    assert "does not tell whose sounds these are ('source')" in told("--data", mine, "--card", tmp_path / "CARD.md")
    (mine / "MANIFEST.csv").write_text(MANIFEST)
    assert f"the folder {file} cannot be written: File exists" in told("--data", mine, "--card", file / "CARD.md")
