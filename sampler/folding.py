"""A network as the operations on inputs of one shape, with all that does not depend on these computed beforehand.

A call of the default network for one sound is some 660 operations, each of which a GPU has to begin and to end. A third
of them come to the same every time: where in the sound a frame lies, weights in another precision, squares of spreads.
What is left is told once where it stood twice, and the many small layers that read the embedding become one.
"""

import operator
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.fx import Graph, GraphModule, Node

Network = Callable[..., Tensor]

ADDMM, SLICE = torch.ops.aten.addmm.default, torch.ops.aten.slice.Tensor


def folded(network: Network, inputs: tuple[Tensor, ...]) -> GraphModule:
    """What a network does with inputs of these shapes, on their device, without gradients.

    Weights that change later are not heeded: what was made of them stays as it is. Raises what tracing raises, and
    `ValueError` for a network that changes tensors in place, whose order would have to be kept.
    """
    from torch.fx.experimental.proxy_tensor import make_fx  # which takes a second to import

    with torch.no_grad():
        traced = make_fx(lambda *given: network(*given))(*inputs)
        for node in traced.graph.nodes:
            if node.op == "call_function" and changes(node.target):
                raise ValueError(f"the network changes a tensor in place, by {node.target}")
        for name, value in constants(traced).items():
            replace_by(traced, name, value)
        once(traced.graph)
        joined(traced)
    traced.graph.eliminate_dead_code()
    used = {node.target for node in traced.graph.nodes if node.op == "get_attr"}
    for held in [*traced._buffers, *traced._parameters, *vars(traced)]:
        if "constant" in held and held not in used:
            delattr(traced, held)
    traced.recompile()
    return traced


def changes(target: Any) -> bool:
    """Whether an operation writes into what it is given."""
    return bool(getattr(getattr(target, "_schema", None), "is_mutable", False))


def draws(target: Any) -> bool:
    """Whether an operation gives something else each time."""
    return torch.Tag.nondeterministic_seeded in getattr(target, "tags", ())


def constants(traced: GraphModule) -> dict[Node, Tensor]:
    """The values of those nodes that no input leads to, and that something which depends on the inputs needs."""
    known: dict[Node, Any] = {}
    for node in traced.graph.nodes:
        if node.op == "get_attr":
            known[node] = getattr(traced, str(node.target))
        elif node.op == "call_function" and not draws(node.target) and all(n in known for n in node.all_input_nodes):
            args, kwargs = torch.fx.node.map_arg((node.args, node.kwargs), known.__getitem__)
            known[node] = node.target(*args, **kwargs)
    return {
        node: value
        for node, value in known.items()
        if node.op == "call_function" and isinstance(value, Tensor) and any(user not in known for user in node.users)
    }


def replace_by(traced: GraphModule, node: Node, value: Tensor) -> None:
    """Put a constant in the place of a node."""
    with traced.graph.inserting_before(node):
        node.replace_all_uses_with(constant(traced, f"{node.name}_constant", value))


def constant(traced: GraphModule, name: str, value: Tensor) -> Node:
    """A new constant, read at the place where the graph inserts."""
    traced.register_buffer(name, value.detach())
    return traced.graph.get_attr(name)


def once(graph: Graph) -> None:
    """Compute what is the same in every respect once."""
    seen: dict[object, Node] = {}
    for node in list(graph.nodes):
        if node.op == "get_attr":
            key: object = node.target
        elif node.op == "call_function" and not draws(node.target):
            key = (node.target, repr(node.args), repr(node.kwargs))  # nodes are written by their names
        else:
            continue
        first = seen.setdefault(key, node)
        if first is not node:
            node.replace_all_uses_with(first)
            graph.erase_node(node)


def joined(traced: GraphModule) -> None:
    """Linear layers of one and the same input as one layer, of whose output each takes its part."""
    layers: dict[Node, list[Any]] = {}
    for node in traced.graph.nodes:
        if node.op == "call_function" and node.target is ADDMM and not node.kwargs:
            bias, x, weight = node.args
            if bias.op == weight.op == "get_attr" and x.op != "get_attr":
                layers.setdefault(x, []).append(node)
    for x, group in layers.items():
        if len(group) < 2:
            continue
        parts = [[getattr(traced, str(node.args[i].target)) for node in group] for i in (0, 2)]
        with traced.graph.inserting_before(group[0]):
            bias = constant(traced, f"{group[0].name}_bias_constant", torch.cat(parts[0]))
            weight = constant(traced, f"{group[0].name}_weight_constant", torch.cat(parts[1], 1).contiguous())
            every = traced.graph.call_function(ADDMM, (bias, x, weight))
            end = 0
            for node, own in zip(group, parts[0]):
                begin, end = end, end + len(own)
                node.replace_all_uses_with(traced.graph.call_function(SLICE, (every, 1, begin, end)))
        for node in group:
            traced.graph.erase_node(node)


def operations(traced: GraphModule) -> int:
    """How many a call comes to, views and parts of results not counted."""
    return sum(
        node.op == "call_function" and node.target is not operator.getitem and not view(node.target)
        for node in traced.graph.nodes
    )


def view(target: Any) -> bool:
    """Whether an operation only looks at its input in another way."""
    returns = getattr(getattr(target, "_schema", None), "returns", ())
    return any(one.alias_info is not None for one in returns)
