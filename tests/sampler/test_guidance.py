"""Guidance: 0 is nothing, 1 is Bayes, against the exact posteriors of a mixture of Gaussians."""

import pytest
import torch
from oracles import Mixture, normal
from torch import Tensor

from driftkit.sampler.guidance import with_classes, with_classifier

KINDS = Mixture(
    normal(3, 5, seed=1),
    torch.tensor([0.3, 0.5, 0.8], dtype=torch.float64),
    torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64),
)
S = torch.tensor([0.05, 0.4, 1.3, 8.0], dtype=torch.float64)
Y = normal(4, 1, 5) * (0.3 + S**2).sqrt()[:, None, None]


def kick(weight: float = 1.0) -> Tensor:
    """The class weights (B, 3) of all items on class 0."""
    return torch.tensor([[weight, 0, 0]], dtype=torch.float64).expand(4, 3)


def all_of(strength: float) -> Tensor:
    return torch.full((4,), strength, dtype=torch.float64)


def conditional(y: Tensor, s: Tensor, weights: Tensor) -> Tensor:
    """An exact network trained with classes: with weights summing to W, the classes by their weights, 1 - W of all."""
    parts = torch.stack([KINDS.component(k)(y, s) for k in range(3)], 1)
    return (weights[:, :, None, None] * parts).sum(1) + (1 - weights.sum(1))[:, None, None] * KINDS(y, s)


class TestNetworkTrainedWithClasses:
    def test_strength_0_is_the_unconditional_network_bit_for_bit(self) -> None:
        free = conditional(Y, S, torch.zeros(4, 3, dtype=torch.float64))
        assert torch.equal(with_classes(conditional, kick(), all_of(0))(Y, S), free)

    def test_strength_1_is_the_conditional_network_bit_for_bit(self) -> None:
        assert torch.equal(with_classes(conditional, kick(), all_of(1))(Y, S), conditional(Y, S, kick()))

    @pytest.mark.parametrize("strength", [0.5, 2.0, 7.5])
    def test_another_strength_goes_on_along_the_line_from_0_to_1(self, strength: float) -> None:
        free, pulled = KINDS(Y, S), KINDS.component(0)(Y, S)
        guided = with_classes(conditional, kick(), all_of(strength))(Y, S)
        torch.testing.assert_close(guided, free + strength * (pulled - free), rtol=1e-12, atol=1e-12)

    def test_items_of_a_mixed_batch_are_what_each_is_alone(self) -> None:
        weights = torch.tensor([[1, 0, 0], [0.2, 0.5, 0], [0, 0, 0], [0, 0, 1]], dtype=torch.float64)
        strength = torch.tensor([2.0, 0, 3, 1], dtype=torch.float64)
        together = with_classes(conditional, weights, strength)(Y, S)
        for i in range(4):
            one = slice(i, i + 1)
            alone = with_classes(conditional, weights[one], strength[one])(Y[one], S[one])
            torch.testing.assert_close(together[one], alone, rtol=1e-14, atol=1e-14)

    def test_only_items_off_0_and_1_with_weights_cost_a_second_call(self) -> None:
        sizes = []

        def counting(y: Tensor, s: Tensor, weights: Tensor) -> Tensor:
            sizes.append(len(y))
            return conditional(y, s, weights)

        with_classes(counting, kick(), torch.tensor([0.0, 1, 2, 1], dtype=torch.float64))(Y, S)
        with_classes(counting, 0 * kick(), all_of(2))(Y, S)
        assert sizes == [5, 4]


class TestClassifier:
    def test_strength_0_or_no_weights_is_the_denoiser_itself(self) -> None:
        assert with_classifier(KINDS, KINDS.log_posterior, kick(), all_of(0)) is KINDS
        assert with_classifier(KINDS, KINDS.log_posterior, kick(0), all_of(1)) is KINDS

    @pytest.mark.parametrize("k", range(3))
    def test_strength_1_with_the_exact_classifier_is_the_exact_conditional_denoiser(self, k: int) -> None:
        weights = torch.eye(3, dtype=torch.float64)[k].expand(4, 3)
        guided = with_classifier(KINDS, KINDS.log_posterior, weights, all_of(1))(Y, S)
        torch.testing.assert_close(guided, KINDS.component(k)(Y, S), rtol=1e-9, atol=1e-9)

    def test_it_works_where_gradients_are_switched_off(self) -> None:
        with torch.no_grad():
            guided = with_classifier(KINDS, KINDS.log_posterior, kick(), all_of(1))(Y, S)
        assert not guided.requires_grad
        torch.testing.assert_close(guided, KINDS.component(0)(Y, S), rtol=1e-9, atol=1e-9)

    def test_weights_mix_the_pulls_of_the_classes(self) -> None:
        """CRASH eq. 12: score + sum_k lambda_k grad log p_k; each pull alone is (D_k - D) / s^2."""
        weights = torch.tensor([[0.7, 0.2, 0.1]], dtype=torch.float64).expand(4, 3)
        strength = torch.tensor([0.5, 1, 2, 0], dtype=torch.float64)
        guided = with_classifier(KINDS, KINDS.log_posterior, weights, strength)(Y, S)
        free = KINDS(Y, S)
        pulls = sum(w * (KINDS.component(k)(Y, S) - free) for k, w in enumerate((0.7, 0.2, 0.1)))
        torch.testing.assert_close(guided, free + strength[:, None, None] * pulls, rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize("public", [False, True])
    def test_in_the_papers_letters_it_is_eps_less_sigma_grad_log_p_and_in_the_public_code_without_sigma(
        self, public: bool
    ) -> None:
        sigma = S / (1 + S**2).sqrt()  # VP, where s = sigma / sqrt(1 - sigma^2)
        m, wide = (1 - sigma**2).sqrt()[:, None, None], sigma[:, None, None]
        x = (m * Y).requires_grad_(True)
        (gradient,) = torch.autograd.grad(KINDS.log_posterior(x / m, S)[:, 0].sum(), x)
        eps = (Y - KINDS(Y, S)) / S[:, None, None] - (1 if public else wide) * gradient
        clean = (x.detach() - wide * eps) / m
        weight_of_s = (lambda s: (1 + s**2).sqrt() / s) if public else torch.ones_like
        guided = with_classifier(KINDS, KINDS.log_posterior, kick(), all_of(1), weight_of_s)(Y, S)
        torch.testing.assert_close(guided, clean, rtol=1e-9, atol=1e-9)

    def test_items_of_a_mixed_batch_are_what_each_is_alone(self) -> None:
        weights = torch.tensor([[1, 0, 0], [0.2, 0.5, 0], [0, 0, 0], [0, 0, 1]], dtype=torch.float64)
        strength = torch.tensor([2.0, 0, 3, 1], dtype=torch.float64)
        together = with_classifier(KINDS, KINDS.log_posterior, weights, strength)(Y, S)
        for i in range(4):
            one = slice(i, i + 1)
            alone = with_classifier(KINDS, KINDS.log_posterior, weights[one], strength[one])(Y[one], S[one])
            torch.testing.assert_close(together[one], alone, rtol=1e-14, atol=1e-14)
