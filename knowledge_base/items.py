"""Reading one knowledge file into its model: strict YAML, and errors that name the file, the line and the remedy.

Which files there are and what they mean is in ``loading.py`` and ``places.py``; the models are in ``item_schema.py``.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from knowledge_base.errors import KnowledgeError
from knowledge_base.korean import particle

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]


class _StrictLoader(yaml.CSafeLoader):
    """libyaml's safe loader that refuses a key written twice; YAML itself would silently keep the last one."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"키 '{key.value}'{particle(key.value, '이/가')} 두 번 나옵니다", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def read_document(path: Path) -> Any:
    """The plain data of a YAML file. Raises KnowledgeError where it is not YAML or has a key twice."""
    try:
        return yaml.load(path.read_bytes(), _StrictLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise KnowledgeError(
            f"YAML로 읽을 수 없습니다({error.problem or '모양이 잘못됨'})", file=path, line=line,
            to_do="그 줄의 들여쓰기, 따옴표, 콜론 뒤 빈칸과 되풀이된 키를 살펴 주세요",
        ) from error
    except RecursionError as error:
        raise KnowledgeError(
            "너무 깊이 겹쳐 있습니다", file=path, to_do="괄호와 들여쓰기를 살펴 주세요"
        ) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(
            "글자를 읽을 수 없습니다", file=path, to_do="파일을 UTF-8로 다시 저장해 주세요"
        ) from error
    except ValueError as error:
        # YAML itself reads dates and numbers: 2026-02-30 has the shape of a date and is none.
        raise KnowledgeError(
            f"값을 읽을 수 없습니다({error})", file=path, to_do="날짜와 숫자를 살펴 주세요"
        ) from error


def read_item(path: Path, model: type[Model]) -> Model:
    """One file as its model. Raises KnowledgeError naming the first wrong field with its line."""
    document = read_document(path)
    if _is_a_list(model) and not isinstance(document, list):
        raise KnowledgeError("목록이 아닙니다", file=path, line=1, to_do="하나하나를 '- '로 시작해 적어 주세요")
    if not _is_a_list(model) and not isinstance(document, dict):
        raise KnowledgeError(
            "비어 있거나 목록만 있습니다", file=path, line=1,
            to_do="같은 폴더의 다른 파일처럼 '키: 값'으로 적어 주세요",
        )
    try:
        return model.parse_obj(document)
    except ValidationError as error:
        raise explain(error, path) from error


def _is_a_list(model: type[BaseModel]) -> bool:
    """Whether a file of this model is a list and not a mapping."""
    root = model.__fields__.get("__root__")
    return root is not None and get_origin(root.outer_type_) is tuple


def read_folder(folder: Path, model: type[Model], *, id_field: str = "id") -> dict[str, Model]:
    """Every ``*.yaml`` below ``folder`` by its id, in order of id.

    Raises KnowledgeError for a wrong file, for an id that is not the file's name and for an id met twice.
    """
    items: dict[str, Model] = {}
    for path in sorted(folder.rglob("*.yaml"), key=lambda found: found.stem):
        item = read_item(path, model)
        identifier = str(getattr(item, id_field))
        if identifier != path.stem:
            raise KnowledgeError(
                f"{id_field}가 '{identifier}'인데 파일 이름은 '{path.stem}'입니다", file=path,
                line=line_of(path, (id_field,)), to_do="파일 이름과 id를 같게 해 주세요",
            )
        if identifier in items:
            raise KnowledgeError(
                f"id '{identifier}'가 다른 폴더에도 있습니다", file=path,
                to_do="한쪽 파일을 지우거나 id를 바꿔 주세요",
            )
        items[identifier] = item
    return items


def explain(error: ValidationError, path: Path) -> KnowledgeError:
    """A validation error in the words of somebody who edits YAML, with the line of the first wrong field."""
    details = error.errors()
    first = details[0]
    where: Location = first["loc"]
    name = ".".join(str(part) for part in where if part != "__root__") or "파일 전체"
    kind = str(first["type"])
    if kind == "value_error.extra":
        problem, to_do = f"모르는 키 '{name}'", "철자를 확인하고, 새로 필요한 키라면 개발자에게 알려 주세요"
    elif kind == "value_error.missing":
        problem, to_do = f"'{name}'이(가) 빠졌습니다", "그 키를 채우고, 모르는 값이면 null로 적어 주세요"
    elif kind.startswith("value_error.const") or kind == "type_error.enum":
        allowed = ", ".join(str(value) for value in first.get("ctx", {}).get("permitted", ()))
        problem, to_do = f"'{name}'의 값을 쓸 수 없습니다", f"쓸 수 있는 값: {allowed}"
    elif kind == "value_error":
        problem, to_do = f"'{name}': {first['msg']}", "값을 고쳐 주세요"
    else:
        problem = f"'{name}'의 값이 맞지 않습니다({first['msg']})"
        to_do = "값의 모양(날짜 2026-01-01, 숫자, 목록)을 확인해 주세요"
    if len(details) > 1:
        problem += f" (그 밖에 {len(details) - 1}곳)"
    return KnowledgeError(problem, file=path, line=line_of(path, where), to_do=to_do)


def line_of(path: Path, where: Location) -> int | None:
    """The line (from 1) of the field at ``where``, or of the nearest thing around it that exists."""
    node = yaml.compose(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if node is None:
        return None
    line = node.start_mark.line + 1
    for part in where:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return int(line)
