Driftkit {
	classvar <>default, <askEvery = 2, <awayAfter = 5, <pads = 16;
	var <addr, <server, <buffers, <names, <there = false, <>onSound, <>onFail;
	var handlers, asking, heard = 0, port, said = false, known = true;

	*initClass {
		StartUp.add {
			[1, 2].do { |channels|
				SynthDef("driftkit" ++ channels, { |out = 0, bufnum, amp = 0.1, pan = 0, rate = 1|
					var sound = PlayBuf.ar(channels, bufnum, BufRateScale.kr(bufnum) * rate, doneAction: 2);
					Out.ar(out, if(channels == 1) { Pan2.ar(sound, pan, amp) } { Balance2.ar(*(sound ++ [pan, amp])) });
				}).add;
			};
			Event.addEventType(\driftkit, { |server|
				var kit = ~driftkit ? Driftkit.default;
				var buffer = kit !? { kit.buffers[(~pad ? 1).asInteger - 1] };
				if(buffer.notNil) {
					~bufnum = buffer.bufnum;
					~rate = ~rate ? 1;
					~instrument = "driftkit" ++ buffer.numChannels.clip(1, 2);
					~eventTypes[\note].value(server);
				};
			});
		};
	}

	*new { |host = "127.0.0.1", port = 9001, server|
		^super.new.init(host, port, server ? Server.default)
	}

	init { |host, portArg, serverArg|
		port = portArg;
		addr = NetAddr(host, port);
		server = serverArg;
		buffers = Array.newClear(pads);
		names = Array.newClear(pads);
		Driftkit.default = this;
		handlers = [
			this.on('/driftkit/slot', { |pad, path, name| this.load(pad.asInteger, path.asString, name.asString) }),
			this.on('/driftkit/sound', { |id, pad| this.send("slot/list", pad) }),
			this.on('/driftkit/done', { |command, first|
				switch(command,
					'/driftkit/notify', { known = first != 0 },
					'/driftkit/undo', { this.send("slot/list", first) },
					'/driftkit/redo', { this.send("slot/list", first) },
					'/driftkit/recall', { this.send("slot/list", first) },
					'/driftkit/preset/load', { this.send("slot/list") },
					'/driftkit/preset/next', { this.send("slot/list") },
					'/driftkit/preset/previous', { this.send("slot/list") }
				)
			}),
			this.on('/driftkit/pong', { }),
			this.on('/driftkit/fail', { |command, sentence|
				"driftkit: %".format(sentence).warn;
				onFail.value(command, sentence.asString);
			})
		];
		ServerBoot.add(this, server);
		this.send("ping");
		asking = SkipJack({ this.ask }, askEvery, name: "driftkit"); // goes on after Cmd-Period
	}

	// what is answered to this sclang, and what shows that driftkit is there
	on { |path, action|
		^OSCFunc({ |message|
			heard = Main.elapsedTime;
			if(there.not) {
				there = true;
				"driftkit answers at %:%".format(addr.ip, port).postln;
				this.hello;
			};
			action.value(*message.drop(1));
		}, path, addr).permanent_(true)
	}

	ask {
		if(there and: { Main.elapsedTime - heard > awayAfter }) { there = false };
		if(there) { said = false };
		if(there.not and: said.not) {
			"no driftkit at %:% yet; start `driftkit serve`. Asking again every % s."
			.format(addr.ip, port, askEvery).postln;
			said = true;
		};
		if(known.not) { this.hello }; // it was started anew
		this.send(if(there) { "notify" } { "ping" });
	}

	hello {
		known = true;
		this.send("notify", 1);
		this.send("slot/list");
	}

	// what the server held before is gone
	doOnServerBoot {
		buffers = Array.newClear(pads);
		server.doWhenBooted { this.send("slot/list") };
	}

	load { |pad, path, name|
		names[pad - 1] = name;
		if(server.serverRunning) {
			Buffer.read(server, path, action: { |buffer|
				var old = buffers[pad - 1];
				buffers[pad - 1] = buffer;
				old !? { SystemClock.sched(old.duration + 1, { old.free; nil }) }; // it may still sound
				onSound.value(pad, buffer, name);
			});
		};
	}

	send { |command ... values| addr.sendMsg("/driftkit/" ++ command, *values) }

	set { |pad, name, value| this.send("pad/%/%".format(pad, name), value) }

	render { |pad = 1| this.send("render", pad) }

	play { |pad = 1, velocity = 1| this.send("play", pad, velocity) }

	undo { |pad = 1| this.send("undo", pad) }

	redo { |pad = 1| this.send("redo", pad) }

	preset { |name| this.send("preset/load", name) }

	free {
		asking.stop;
		ServerBoot.remove(this, server);
		handlers.do(_.free);
		this.send("notify", 0);
		buffers.do { |buffer| buffer !? { buffer.free } };
		buffers = Array.newClear(pads);
		there = false;
		if(Driftkit.default == this) { Driftkit.default = nil };
	}
}
