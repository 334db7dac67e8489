#!/usr/bin/env bash
# Train on two machines that are two network namespaces of this one (root, Linux): sh research/two_machines.sh PACK OUT
# Each has its own address and its own torchrun; all that joins them is a cable, and gradients go through it by gloo.
set -euo pipefail
pack=$1 out=$2
shift 2
python=${PYTHON:-.venv/bin/python}

clean() { for n in 1 2; do ip netns del "driftkit$n" 2>/dev/null || true; done; }
trap clean EXIT
clean
for n in 1 2; do
	ip netns add "driftkit$n"
	ip -n "driftkit$n" link set lo up
done
ip link add end1 netns driftkit1 type veth peer name end2 netns driftkit2
for n in 1 2; do
	ip -n "driftkit$n" addr add "10.77.0.$n/24" dev "end$n"
	ip -n "driftkit$n" link set "end$n" up
done

machine() { # its number, its folder
	local number=$1 folder=$2
	shift 2
	ip netns exec "driftkit$number" env GLOO_SOCKET_IFNAME="end$number" "$python" -m torch.distributed.run \
		--nnodes 2 --nproc-per-node 1 --node-rank $((number - 1)) --master-addr 10.77.0.1 --master-port 29500 \
		-m sampler "$pack" "$folder" --device cpu "$@"
}
machine 2 "$out.second" "$@" &
machine 1 "$out" "$@"
wait
ip -n driftkit1 -s link show end1
