"""What is asked for, and which takes were made together."""

from dataclasses import replace

from project_parts import SPAN, candidate, scored

from engine.spec import Candidate, Guidances, Recipe, Span
from foleydesk.document.edits import AddTakes, ChangeCue, SetReference
from foleydesk.document.project import Project, Reference, Take
from foleydesk.studio.origins import origin_in_words
from foleydesk.studio.recipes import Base, Batch, Settings, anew, batches, recipe_for, variation_of

FEW = Settings(candidates=2)


def asked(project: Project, settings: Settings = FEW) -> Recipe:
    return recipe_for(project, project.cue("c1"), settings)


def base_of(project: Project) -> Base:
    return Base(project.take("c1-t1").candidate, "content")


def made(project: Project, recipe: Recipe, count: int = 2) -> Project:
    """The project with so many candidates of the recipe, their seeds counting on."""
    fresh = []
    for seed in range(recipe.seed, recipe.seed + count):
        name = f"{recipe.base}-{recipe.region}-{seed}"
        fresh.append(replace(candidate(seed), id=name, wav=f"/takes/{name}.wav", recipe=replace(recipe, seed=seed)))
    return AddTakes(tuple(Take(one.id, "c1", one) for one in fresh)).apply(project)


def in_order(batch: Batch, one: Candidate) -> str:
    return "ABCD"[[other.id for other in batch].index(one.id)]


def test_the_precision_that_was_chosen_is_the_recipes():
    assert asked(scored()).precision == "fast"
    assert asked(scored(), replace(FEW, precision="exact")).precision == "exact"


def test_a_reference_and_each_guidance_reach_the_recipe():
    project = SetReference("c1", Reference("/rail.wav", "rail")).apply(scored())
    recipe = asked(project, replace(FEW, guidances=Guidances(text=7.0, reference=2.0)))
    assert (recipe.reference, recipe.reference_hash) == ("/rail.wav", "rail")
    assert recipe.guidances == Guidances(text=7.0, reference=2.0)


def test_a_variation_keeps_the_bases_picture_and_takes_the_cues_words():
    project = ChangeCue("c1", start=0, prompt="steps on gravel").apply(scored())
    recipe = variation_of(base_of(project), 0.5, project, project.cue("c1"), FEW)
    assert (recipe.span, recipe.prompt, recipe.strength) == (SPAN, "steps on gravel", 0.5)
    assert (recipe.base, recipe.base_hash, recipe.region) == (base_of(project).candidate.wav, "content", None)


def test_asked_again_a_variation_is_another_one():
    project = scored()
    first = variation_of(base_of(project), 0.5, project, project.cue("c1"), FEW)
    project = made(project, first)
    second = variation_of(base_of(project), 0.5, project, project.cue("c1"), FEW)
    farther = variation_of(base_of(project), 0.75, project, project.cue("c1"), FEW)
    assert second.seed > first.seed + 1
    assert farther.seed == first.seed


def test_batches_come_in_the_order_in_which_they_were_made():
    project = scored()
    project = made(project, variation_of(base_of(project), 0.5, project, project.cue("c1"), FEW))
    project = made(project, anew(base_of(project), Span(60_000, 70_000), project, project.cue("c1"), FEW))
    assert [len(batch) for batch in batches(project.takes_of("c1"))] == [4, 2, 2]
    assert batches(project.takes_of("c1"))[-1][0].recipe.region == Span(60_000, 70_000)


def test_the_sampler_that_the_model_chose_makes_no_other_recipe():
    first = asked(scored(), FEW)
    assert first.sampler == ""
    again = asked(made(scored(), replace(first, sampler="adams")), FEW)
    assert again.seed > first.seed + 1


def test_two_runs_of_seeds_are_two_batches():
    project = made(scored(), asked(scored(), replace(FEW, seed=50)))
    again = asked(project, replace(FEW, seed=50))
    assert again.seed == 61
    assert [len(batch) for batch in batches(made(project, again).takes_of("c1"))] == [4, 2, 2]


def test_a_batch_stays_one_when_the_project_moves():
    project = scored()
    recipe = variation_of(base_of(project), 0.5, project, project.cue("c1"), FEW)
    project = made(project, recipe, 1)
    project = made(project, replace(recipe, base="/elsewhere/b.wav", seed=recipe.seed + 1), 1)
    assert len(batches(project.takes_of("c1"))[-1]) == 2


def test_a_candidate_says_what_it_was_made_from():
    project = scored()
    project = made(project, variation_of(base_of(project), 0.5, project, project.cue("c1"), FEW))
    project = made(project, anew(base_of(project), Span(60_000, 84_000), project, project.cue("c1"), FEW))
    found = batches(project.takes_of("c1"))
    assert origin_in_words(found[0][0], found, in_order) == ""
    assert origin_in_words(found[1][0], found, in_order) == "varies B, 50 %"
    assert origin_in_words(found[2][0], found, in_order) == "0.5 s of B of batch 1 anew"


def test_a_base_that_is_no_take_any_more_is_named_by_its_file():
    recipe = replace(candidate().recipe, base="/takes/lost.wav", strength=0.25)
    assert origin_in_words(replace(candidate(), recipe=recipe), [], in_order) == "varies lost.wav, 25 %"
