import json, os, time
from django.core.cache import cache
from tests.permissoes import cena as c
def test_dump(agente, confianca, db):
    cena=c.build(agente, confianca)
    out={}
    area=os.environ["AREA"].split(",")
    n=0; t=time.process_time()
    for route in c.routes():
        if not any(route.startswith(a) for a in area): continue
        cache.clear()
        url=c.url_of(route,cena)
        t1=time.process_time()
        for role,cli in cena.clientes.items():
            for m in c.METHODS:
                n+=1
                try:
                    r,w=c.send(cli(),m,url); o=c.outcome(r); st=r.status_code
                except Exception as e:
                    o="EXC "+repr(e)[:150]; w=[]; st=0
                out[f"{route}|{m}|{role}"]=[o,st,sorted(set(w))]
        print(route, round((time.process_time()-t1)/98*1000,1),"ms")
    print("N",n,"cpu/req ms",(time.process_time()-t)/n*1000)
    from pathlib import Path; Path(f"/tmp/matrix_{area[0].strip('/').replace('/','_')}.json").write_text(json.dumps(out))
