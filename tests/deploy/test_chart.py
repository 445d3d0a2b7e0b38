"""What the Helm chart makes of its values: valid Kubernetes, closed pods, and doors only where they are needed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.service.secret_files import SECRETS
from tests.deploy.conftest import DEPLOY, Rendered

# The oldest and newest Kubernetes we say we run on, and one between.
VERSIONS = ("1.27", "1.31", "1.34")
EVERYTHING = {"serviceMonitor": {"enabled": True}, "model": {"from": "volume", "claim": "models"}}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("values", [{}, EVERYTHING], ids=["default", "everything"])
def test_the_manifests_are_valid_kubernetes(render: Any, tools: Path, version: str, values: dict[str, Any]) -> None:
    known = [one for one in render(**values).documents if one["kind"] != "ServiceMonitor"]  # an operator's own kind
    check = ("import json, sys, kubernetes_validate\n"
             f"for one in json.load(sys.stdin): kubernetes_validate.validate(one, {version!r}, strict=True)")
    done = subprocess.run([tools / "python", "-c", check], input=json.dumps(known), text=True, capture_output=True,
                          check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_wrong_manifest_would_be_found(tools: Path) -> None:
    check = ("import kubernetes_validate\n"
             "kubernetes_validate.validate({'apiVersion': 'v1', 'kind': 'Service', 'spec': {'prots': []}}, '1.31', strict=True)")
    done = subprocess.run([tools / "python", "-c", check], text=True, capture_output=True, check=False)
    assert "prots" in done.stderr


@pytest.mark.parametrize("wrong", [
    {"config": {"PUBLIC_URL": "http://plain.example"}}, {"web": {"port": 80}}, {"model": {"from": "hub"}},
    {"image": {"digest": "latest"}},
])
def test_values_that_cannot_be_are_refused(tools: Path, wrong: dict[str, Any]) -> None:
    done = subprocess.run([tools / "python", DEPLOY / "render.py", json.dumps(wrong)], text=True,
                          capture_output=True, check=False)
    assert done.returncode != 0


def test_every_pod_is_closed(render: Any) -> None:
    pods = render(**EVERYTHING).pods()
    assert {"donghaeng-web", "donghaeng-rasa", "donghaeng-actions", "donghaeng-reader", "donghaeng-migrate",
            "donghaeng-train", "donghaeng-purge", "donghaeng-backup"} == set(pods)
    for name, pod in pods.items():
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
            assert container["resources"]["requests"]["memory"]
            assert container["resources"]["limits"]["memory"]


def test_no_process_holds_a_secret_it_does_not_need(render: Any) -> None:
    held = {name: {entry["name"] for container in pod["containers"] for entry in container["env"]
                   if "secretKeyRef" in entry.get("valueFrom", {})} for name, pod in render(**EVERYTHING).pods().items()}
    assert held["donghaeng-rasa"] == {"TRACKER_URL", "RASA_TOKEN", "REDIS_URL", "BROKER_URL"}, "no key, no desk"
    assert held["donghaeng-actions"] == {"DATABASE_URL", "TRACKER_URL", "DESK_KEY"}, "no token"
    assert held["donghaeng-train"] == set()
    assert held["donghaeng-reader"] == {"DATABASE_URL", "TRACKER_URL", "DESK_KEY", "BROKER_URL"}
    assert set().union(*held.values()) <= set(SECRETS)


def test_events_are_only_sent_where_somebody_reads_them(render: Any) -> None:
    rendered = render(reader={"enabled": False})
    pods = rendered.pods()
    assert "donghaeng-reader" not in pods
    assert "BROKER_URL" not in {entry["name"] for entry in pods["donghaeng-rasa"]["containers"][0]["env"]}
    assert "donghaeng-reader" not in rendered.of_kind("NetworkPolicy")


def test_no_secret_is_made_by_the_chart(render: Any) -> None:
    assert render().of_kind("Secret") == {}


def test_each_process_can_be_drained_and_replaced_without_a_gap(render: Any) -> None:
    rendered = render()
    for part in ("web", "rasa", "actions"):
        name = f"donghaeng-{part}"
        deployment = rendered.of_kind("Deployment")[name]
        rolling = deployment["spec"]["strategy"]["rollingUpdate"]
        assert rolling == {"maxUnavailable": 0, "maxSurge": 1}
        pod = deployment["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)
        drain = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
        assert drain + 20 <= pod["terminationGracePeriodSeconds"], "a turn under way has time to end"
        assert rendered.of_kind("HorizontalPodAutoscaler")[name]["spec"]["minReplicas"] >= 2
        assert rendered.of_kind("PodDisruptionBudget")[name]["spec"]["maxUnavailable"] == 1
        assert "replicas" not in deployment["spec"], "the autoscaler decides, an upgrade must not undo it"


def _doors(rendered: Rendered, part: str) -> list[dict[str, Any]]:
    return list(rendered.of_kind("NetworkPolicy")[f"donghaeng-{part}"]["spec"].get("ingress", []))


def _parts(door: dict[str, Any]) -> set[str]:
    return {one["podSelector"]["matchLabels"]["app.kubernetes.io/component"] for one in door["from"]}


def test_only_web_can_be_reached_from_outside(render: Any) -> None:
    rendered = render()
    closed = rendered.of_kind("NetworkPolicy")["donghaeng-closed"]["spec"]
    assert closed["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in closed
    selected = closed["podSelector"]["matchLabels"].items()
    for deployment in rendered.of_kind("Deployment").values():
        assert selected <= deployment["spec"]["template"]["metadata"]["labels"].items()
    assert [_parts(door) for door in _doors(rendered, "rasa")] == [{"web"}]
    calls, metrics = _doors(rendered, "actions")
    assert _parts(calls) == {"rasa", "web"}
    assert metrics["ports"] == [{"protocol": "TCP", "port": "metrics"}]
    assert _doors(rendered, "jobs") == []
    assert _doors(rendered, "reader") == []
    assert [door["ports"][0]["port"] for door in _doors(rendered, "web")] == ["http", "metrics"]
    assert {service["spec"].get("type", "ClusterIP") for service in rendered.of_kind("Service").values()} == {"ClusterIP"}
    paths = rendered.of_kind("Ingress")["donghaeng"]["spec"]["rules"][0]["http"]["paths"]
    assert [path["backend"]["service"] for path in paths] == [{"name": "donghaeng-web", "port": {"name": "http"}}]


def test_rasa_and_the_jobs_cannot_reach_the_world(render: Any) -> None:
    rendered = render()
    for part in ("rasa", "actions", "reader", "jobs", "closed"):
        for door in rendered.of_kind("NetworkPolicy")[f"donghaeng-{part}"]["spec"]["egress"]:
            assert not any(to.get("ipBlock", {}).get("cidr") == "0.0.0.0/0" for to in door["to"]), part


def test_the_migration_runs_before_anything_new_starts_and_backups_after_the_purge(render: Any) -> None:
    rendered = render()
    assert rendered.of_kind("Job")["donghaeng-migrate"]["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    crons = rendered.of_kind("CronJob")
    minutes = {name: int(one["spec"]["schedule"].split()[1]) * 60 + int(one["spec"]["schedule"].split()[0])
               for name, one in crons.items()}
    assert minutes["donghaeng-purge"] < minutes["donghaeng-backup"]
    assert all(one["spec"]["timeZone"] == "Asia/Seoul" for one in crons.values())


def test_every_command_the_chart_runs_is_one_we_have(render: Any) -> None:
    from bot import cli

    for pod in render(**EVERYTHING).pods().values():
        for container in pod["containers"]:
            cli.parser().parse_args([str(argument) for argument in container["args"]])
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                if command := container.get(probe, {}).get("exec", {}).get("command"):
                    assert command[:3] == ["python", "-m", "bot.cli"]
                    cli.parser().parse_args(command[3:])


def test_the_default_values_hold_no_secret() -> None:
    values = yaml.safe_load((DEPLOY / "helm" / "donghaeng" / "values.yaml").read_text(encoding="utf-8"))
    assert not set(values["config"]) & set(SECRETS)
