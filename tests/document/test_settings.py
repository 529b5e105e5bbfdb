from pathlib import Path

from foleydesk.paths import log_file, projects_home, resources, settings_file
from foleydesk.settings import RECENT, Settings, read_settings, write_settings


def test_settings_come_back(home):
    chosen = Settings(candidates=6, blind=True).with_recent(Path("/a.foley"))
    write_settings(chosen)
    assert read_settings() == chosen


def test_without_settings_or_with_damaged_ones_the_defaults_hold(home):
    assert read_settings() == Settings()
    write_settings(Settings(steps=9))
    settings_file().write_text("{")
    assert read_settings() == Settings()


def test_recent_projects_are_few_and_the_newest_first():
    settings = Settings()
    for i in [*range(20), 15]:
        settings = settings.with_recent(Path(f"/{i}.foley"))
    assert len(settings.recent) == RECENT
    assert settings.recent[:2] == ("/15.foley", "/19.foley")
    assert len(set(settings.recent)) == RECENT


def test_one_folder_holds_everything_when_asked(home):
    for path in (settings_file(), log_file(), projects_home()):
        assert home in path.parents
    assert (resources() / "__init__.py").is_file()
