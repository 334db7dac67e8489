// Sets knobs of pad 5, renders it and prints what driftkit answers, until it is done with all of that.
// Start with the port of driftkit, after `npm install osc`: node driftkit.js 9001
const osc = require("osc");

const driftkit = new osc.UDPPort({ localAddress: "127.0.0.1", localPort: 0,
    remoteAddress: "127.0.0.1", remotePort: Number(process.argv[2] ?? 9001) });
const send = (address, ...args) => driftkit.send({ address: "/driftkit" + address, args });

driftkit.on("ready", () => {
    send("/pad/5/steps", 2); // a number without a type is sent as a float
    send("/pad/5/seed", { type: "i", value: 4242 });
    send("/pad/5/lock_seed", true); // arrives as T
    driftkit.send({ timeTag: osc.timeTag(0.05), packets: [
        { address: "/driftkit/pad/5/snare", args: [{ type: "f", value: 0.25 }] },
        { address: "/driftkit/pad/5/snare", args: [] },
        { address: "/driftkit/render", args: [5, 7] },
    ] });
    setTimeout(() => send("/sync", 5), 100);
});
driftkit.on("message", ({ address, args }) => {
    console.log(address, ...args);
    if (address === "/driftkit/synced") driftkit.close();
});
driftkit.open();
