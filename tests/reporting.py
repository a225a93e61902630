"""An organisation that takes reports, and a sender as a browser is one: for test_report_attack."""

import json
import os
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from lianfang.sealing import envelopes, filing, keys, receipts, work

CODE = "centre"


def set_up() -> None:
    """Make an organisation whose discipline officer has a key. The settings must be loaded."""
    from lianfang.common import clock
    from lianfang.org import actions as org
    from lianfang.org.models import Body
    from lianfang.portal.actions.keys import enrol_key
    from lianfang.portal.models import OfficerKey

    at = clock.now()
    made = org.create_organisation(code=CODE, name="示范评价中心", at=at)
    person = org.create_person(
        organisation=made, code="1", name="officer", is_party_member=True, by=None, at=at
    )
    office = org.create_body(
        organisation=made, kind=Body.Kind.DISCIPLINE_OFFICE, name="纪检监察室", by=None, at=at
    )
    org.join_body(body=office, person=person, from_on=at.date(), by=None, at=at)
    pair = envelopes.new_pair()
    enrol_key(
        organisation=made,
        person=person,
        kind=OfficerKey.Kind.READER,
        public_key=pair.public,
        wrapped=keys.wrap(
            pair, "nobody", operations=keys.LEAST_OPERATIONS, memory=keys.LEAST_MEMORY
        ),
        on=at.date(),
        by=None,
        at=at,
    )


@dataclass
class Sender:
    """Somebody with a report to send, again and again until it is acknowledged."""

    port: int
    text: str
    report: UUID = field(default_factory=uuid4)
    fields: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[str, bytes]] = field(default_factory=list)

    def prepare(self) -> None:
        """Seal the report and do the work, once."""
        told = asked(self.port, "GET", "keys")
        own = receipts.derive(receipts.new_receipt(), bytes.fromhex(told["salt"]), rounds=1)
        sealed = filing.seal_report(
            report=self.report,
            body={"format": 1, "answers": {"what": self.text}},
            readers=[
                filing.To(key=UUID(one["id"]), public=bytes.fromhex(one["public_key"]))
                for one in told["readers"]
            ],
            files=[filing.PlainFile(name="a", kind="", content=bytes(200_000))],
        )
        given = told["challenge"]
        self.fields = {
            "challenge": given,
            "number": str(work.find(given, str(self.report), bits=told["bits"])),
            "report": str(self.report),
            "token": own.token.hex(),
            "sender_key": own.pair.public.hex(),
            "letters_key": sealed.letters_key.hex(),
            "envelopes": json.dumps(
                [
                    {"key": str(one.key), "kind": one.kind, "sealed": one.sealed.hex()}
                    for one in sealed.envelopes
                ]
            ),
        }
        self.parts = [("body", sealed.body), *(("files", one) for _, one in sealed.files)]

    def send(self) -> dict[str, Any]:
        """Send it and return the answer. Raises what `asked` raises."""
        mark = uuid4().hex
        body = b""
        for name, value in self.fields.items():
            body += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
            body += value.encode() + b"\r\n"
        for name, content in self.parts:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="blob"\r\n'
            body += f"{head}\r\n".encode() + content + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return asked(self.port, "POST", "send", body, headers)


def asked(
    port: int, method: str, page: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return what a page answers. Raises OSError and HTTPException where nothing whole comes."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, f"/report/of/{CODE}/{page}/", body, headers or {})
        answered: dict[str, Any] = json.loads(connection.getresponse().read())
        return answered


def home_of(folder: Path) -> dict[str, str]:
    """Return the environment of an installation in a folder."""
    environment = os.environ | {
        "LIANFANG_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "lianfang.config.settings",
    }
    for name in ("LIANFANG_TESTING", "LIANFANG_EXAMPLE", "DATABASE_URL"):
        environment.pop(name, None)
    return environment


if __name__ == "__main__":
    import django

    django.setup()
    set_up()
