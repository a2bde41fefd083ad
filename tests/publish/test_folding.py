"""Many modules, one file: what the folded script does is what the modules did, and what cannot be folded is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from wanli_geo.errors import BadScript
from wanli_geo.publish.folding import fold
from wanli_geo.publish.modules import scripts

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="没有 Node.js / no Node.js")
FRONT = Path(__file__).resolve().parents[2] / "webapp" / "static"


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def run(text: str, folder: Path) -> object:
    (folder / "folded.mjs").write_text(text, encoding="utf-8")
    script = f'import * as told from "{(folder / "folded.mjs").as_posix()}"; console.log(JSON.stringify(told))'
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@needs_node
def test_names_whole_modules_handed_on_names_and_side_effects_survive(tmp_path: Path) -> None:
    write(
        tmp_path,
        one='/** Says "import" in a comment. */\nexport const seen = [];\nexport function add(x) {\n  seen.push(x);\n  return x;\n}\n',
        two='import { add as put } from "./one.js";\nput("two");\nexport class Two {\n  #held = 2;\n  get held() {\n    return this.#held;\n'
            "  }\n}\n",
        three='export { add } from "./one.js";\nexport { Two } from "./two.js";\n',
        main='import * as every from "./three.js";\nimport { seen } from "./one.js";\nevery.add("main");\n'
             "export const result = [new every.Two().held, ...seen];\n",
    )
    folded = fold(tmp_path, "main.js", "unused.js")
    assert run(folded.text, tmp_path) == {"result": [2, "two", "main"]}
    assert "Says" not in folded.text, "comments stay with the source"


@needs_node
def test_a_module_is_run_once_however_many_ask_for_it(tmp_path: Path) -> None:
    write(tmp_path, count="export const box = { runs: 0 };\nbox.runs += 1;\n",
          a='import { box } from "./count.js";\nexport const a = box;\n', b='import { box } from "./count.js";\nexport const b = box;\n',
          main='import { a } from "./a.js";\nimport { b } from "./b.js";\nexport const same = a === b && a.runs === 1;\n')
    assert run(fold(tmp_path, "main.js", "").text, tmp_path) == {"same": True}


def test_what_is_asked_for_later_is_a_file_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, later="export const x = 1;\n", main='export const ask = () => import("./later.js");\n')
    folded = fold(tmp_path, "main.js", "")
    assert folded.later == ("later.js",)
    assert 'import("./later.js")' in folded.text
    assert set(scripts(tmp_path, ["main.js"])) == {"static/js/main.js", "static/js/later.js"}


@pytest.mark.parametrize("line", ['export default 1;', 'import x from "./one.js";', 'export { a, b };', 'import {'])
def test_a_form_that_is_not_understood_is_refused(tmp_path: Path, line: str) -> None:
    write(tmp_path, one="export const a = 1;\n", main=f"{line}\n")
    with pytest.raises(BadScript, match=r"main\.js"):
        fold(tmp_path, "main.js", "")


def test_modules_that_import_one_another_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a='import { b } from "./b.js";\nexport const a = 1;\n', b='import { a } from "./a.js";\nexport const b = 1;\n')
    with pytest.raises(BadScript, match="互相引用"):
        fold(tmp_path, "a.js", "")


def test_a_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    write(tmp_path, main='import { b } from "./gone.js";\n')
    with pytest.raises(BadScript, match=r"gone\.js"):
        fold(tmp_path, "main.js", "")


@needs_node
def test_every_page_of_the_site_folds_into_a_script_that_node_can_read(tmp_path: Path) -> None:
    dressed = 'import { dress } from "./shell.js";'
    entries = [f"js/public/{page.name}" for page in (FRONT / "js" / "public").glob("*.js") if dressed in page.read_text("utf-8")]
    assert len(entries) >= 9
    for name, content in scripts(FRONT, entries).items():
        file = tmp_path / f"{Path(name).stem}.mjs"
        file.write_bytes(content)
        subprocess.run(["node", "--check", file], check=True, capture_output=True)
        assert b"@param" not in content
