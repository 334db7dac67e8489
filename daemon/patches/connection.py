"""The connection to the daemon, in objects of Max: it subscribes, stays subscribed, and hands on what is answered.

Everything inside Max goes by names of `s` and `r`: PREFIX.out takes messages to the daemon; PREFIX.done, PREFIX.slot
and so on bring its answers without their address; PREFIX.control brings `pad name value`; PREFIX.there is 1 or 0.
"""

from ..pads.surfaces import PREFIX as ROOT
from .boxes import Patcher

ANSWERS = ("done", "fail", "sound", "slot", "preset", "status.reply", "pong")
ASK_MS, AWAY_MS = 2000, 5000  # how often it asks, and the silence after which the daemon is away
HELLO = ("status", "preset/list", "slot/list")  # asked as soon as the daemon is there
ONE_PAD = ("undo", "redo", "recall")  # commands whose answer names the pad that has another sound now
ALL_PADS = ("preset/load", "preset/next", "preset/previous")
GLOBAL, OF_DEVICE = "driftkit", "---driftkit"  # the second is a name of its own in each Max for Live device


def connection(prefix: str, host: str, port: str, listen: str, start: str = "loadbang") -> Patcher:
    """host, port: of the daemon; listen: the port for its answers. They may be #1, #2 and #3 of an abstraction.

    The inlet takes `host NAME`, `port N` and `listen N`.
    """
    p = Patcher(1100, 620)
    send = p.chain(f"udpsend {host} {port}")[0]
    receive = p.chain(f"udpreceive {listen}")[0]
    p.chain("loadmess maxqueuesize 4096", receive)  # a snapshot of all pads is hundreds of messages
    p.chain(f"r {prefix}.out", send)
    settings = p.chain("inlet", "route host port listen")[-1]
    p.chain(settings, "prepend host", send)
    p.chain(settings, "prepend port", send, outlet=1)
    listening = p.chain(settings, "t i i", outlet=2)[-1]
    p.chain(listening, "prepend port", receive)

    # every two seconds: subscribe while nothing has come, else keep the subscription
    gate = p.chain("gate 2 1")[0]
    p.chain(p.chain(start, "(1)", f"metro {ASK_MS}")[-1], gate, inlet=1)
    port_now = p.chain(gate, f"i {listen}", f"({ROOT}/notify 1 $1)", send)[1]
    p.chain(listening, port_now, outlet=1, inlet=1)
    p.chain(gate, f"({ROOT}/ping)", send, outlet=1)

    heard = p.chain(receive, "t l b")[-1]  # whatever comes shows that it is there
    alive = p.chain(heard, "t b b", outlet=1)[-1]
    state = p.chain(alive, "(1)", "change", outlet=1)[-1]
    p.chain(alive, f"delay {AWAY_MS}", "(0)", state)
    turned = p.chain(state, "t i i i")[-1]
    p.chain(turned, "+ 1", gate, outlet=2)
    p.chain(turned, f"s {prefix}.there", outlet=1)
    hello = p.chain(turned, "sel 1", f"t {' '.join('b' * len(HELLO))}")[-1]
    for outlet, question in enumerate(HELLO):
        p.chain(hello, f"({ROOT}/{question})", send, outlet=outlet)

    answers = p.chain(heard, f"route {' '.join(f'{ROOT}/{name}' for name in ANSWERS)}")[-1]
    for outlet, name in enumerate(ANSWERS):
        p.chain(answers, f"s {prefix}.{name}", outlet=outlet)
    # /driftkit/pad/3/kick 0.5 becomes 3 kick 0.5; only the address is cut, so that no value becomes a symbol
    cut = p.chain(answers, "zl slice 1", outlet=len(ANSWERS))[-1]
    words = ["fromsymbol @separator /", f"route {ROOT.strip('/')}", "route pad", "zl join", f"s {prefix}.control"]
    joined = p.chain(cut, *words)[-2]
    p.chain(cut, joined, outlet=1, inlet=1)
    # whatever gives a pad another sound: ask for its file and name, so that all else need hear PREFIX.slot alone
    said = p.chain(f"r {prefix}.done", f"route {' '.join(f'{ROOT}/{name}' for name in (*ONE_PAD, *ALL_PADS))}")[-1]
    one = p.chain(f"prepend {ROOT}/slot/list", f"s {prefix}.out")[0]
    everything = p.chain(f"({ROOT}/slot/list)", f"s {prefix}.out")[0]
    status = p.chain(f"({ROOT}/status)", f"s {prefix}.out")[0]
    for outlet in range(len(ONE_PAD)):
        p.wire(said, one, outlet)
    for outlet in range(len(ONE_PAD), len(ONE_PAD) + len(ALL_PADS)):
        p.wire(said, everything, outlet)
        p.wire(said, status, outlet)
    p.chain(f"r {prefix}.sound", "zl nth 2", one)
    return p
