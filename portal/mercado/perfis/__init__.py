"""Every profile there is; PERFIL names one. A third market is one more line (docs/mercados.md)."""

from collections.abc import Mapping
from types import MappingProxyType

from portal.mercado.perfil import Perfil
from portal.mercado.perfis.ccee import CCEE
from portal.mercado.perfis.ote import OTE

PERFIS: Mapping[str, Perfil] = MappingProxyType({perfil.codigo: perfil for perfil in (CCEE, OTE)})
