"""One upload judged, against the least that any validator does and against the naive way. Ratios of one run."""

import datetime as dt
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store

from certificados.domain.facts import Facts
from certificados.domain.judge import Contexto, judge
from certificados.domain.policy import BUILTIN
from certificados.domain.reader import read
from portal.demo.hierarquia import Hierarquia, pooled_key
from portal.icp.domain.bundles import read_authorities
from portal.icp.domain.trust import TrustStore, is_self_signed

AT = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
DATA = Path(__file__).resolve().parents[1] / "../shared/data/icp-brasil"
AUTHORITIES = 200
ROUNDS = 200


@dataclass(frozen=True)
class Scene:
    """A trust store of about 200 authorities as PEM and as built, and uploads that it accepts."""

    pem: bytes
    trust: TrustStore
    uploads: Sequence[bytes]


def scene() -> Scene:
    anchors, intermediates, uploads = real() if DATA.exists() else ([], [], [])
    demo = Hierarquia.create(at=AT)
    if not uploads:
        anchors, intermediates = [demo.raiz.cert], [demo.ac.cert]
        uploads = [demo.issue(cnpj="12ABC34501DE35", key=pooled_key("titular")).der]
    missing = AUTHORITIES - len(anchors) - len(intermediates)
    intermediates = intermediates + [
        demo.issue(host=f"ac{number}.exemplo", key=pooled_key("titular"), is_ca=True).cert for number in range(missing)
    ]
    pem = b"".join(cert.public_bytes(Encoding.PEM) for cert in anchors + intermediates)
    return Scene(pem, TrustStore.build(anchors, intermediates), uploads)


def real() -> tuple[list[x509.Certificate], list[x509.Certificate], list[bytes]]:
    data = b"".join(file.read_bytes() for file in sorted((DATA / "truststore").iterdir()))
    certs = [cert for _, cert in read_authorities(data, "truststore").certificates]
    uploads = [file.read_bytes() for file in sorted((DATA / "leaves").glob("v10_server_s*.der"))]
    roots = [cert for cert in certs if is_self_signed(cert)]
    return roots, [cert for cert in certs if cert not in roots], uploads


def floor(scene: Scene) -> Callable[[bytes], object]:
    """Parse and verify, with the store built and the right intermediates in hand."""
    store = Store(list(scene.trust.anchors))
    paths = {der: scene.trust.path(x509.load_der_x509_certificate(der), at=AT) for der in scene.uploads}
    return lambda der: verify(store, der, list(paths[der][:-1]))


def verify(store: Store, der: bytes, intermediates: list[x509.Certificate]) -> object:
    builder = PolicyBuilder().store(store).time(AT).max_chain_depth(4)
    builder = builder.extension_policies(
        ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
    )
    return builder.build_client_verifier().verify(x509.load_der_x509_certificate(der), intermediates)


def report(der: bytes, trust: TrustStore) -> object:
    relatorio = judge(Facts.of(read(der)), arquivo="x.cer", at=AT, policy=BUILTIN[0], trust=trust, contexto=Contexto())
    assert relatorio.aceito, relatorio.resumo
    return relatorio.to_dict()


def naive(der: bytes, pem: bytes) -> object:
    """The trust store read anew for each upload, all intermediates handed over."""
    certs = x509.load_pem_x509_certificates(pem)
    roots = [cert for cert in certs if cert.subject == cert.issuer]
    return verify(Store(roots), der, [cert for cert in certs if cert not in roots])


def measure(ways: dict[str, Callable[[bytes], object]], uploads: Sequence[bytes], rounds: int) -> dict[str, float]:
    """Seconds of each way: the best of its rounds per upload, averaged; in turns, so that they share the weather."""
    best = {name: [math.inf] * len(uploads) for name in ways}
    for _ in range(rounds):
        for number, upload in enumerate(uploads):
            for name, way in ways.items():
                start = time.perf_counter()
                way(upload)
                best[name][number] = min(best[name][number], time.perf_counter() - start)
    return {name: statistics.fmean(times) for name, times in best.items()}


def main() -> int:
    here = scene()
    ours = {"whole report, with chain": lambda der: report(der, here.trust)}
    fast = measure({"parse + path (floor)": floor(here), **ours}, here.uploads, ROUNDS)
    slow = measure(
        {**ours, "naive, store read per upload": lambda der: naive(der, here.pem)}, here.uploads, ROUNDS // 20
    )
    times = fast | {name: slow[name] for name in slow if name not in fast}
    least, mine, naively = times.values()
    count = len(here.trust.anchors) + len(here.trust.intermediates)
    print(f"{count} authorities, {len(here.uploads)} uploads, best of {ROUNDS} rounds")
    for name, seconds in times.items():
        print(f"{name:32}{seconds * 1e6:>9.0f} µs{seconds / least:>8.2f} × floor")
    print(f"{'report ÷ floor':32}{mine / least:>9.2f}      goal ≤ 2.00")
    print(f"{'report ÷ naive':32}{mine / naively:>9.3f}      goal ≤ 0.100")
    return 0


if __name__ == "__main__":
    sys.exit(main())
