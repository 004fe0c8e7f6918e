namespace Helu.Watching;

/// <summary>One unit of an activation layer over a window: a feature, or a channel with all its positions.</summary>
/// <param name="HighestInput">Its highest pre-activation; NaN where one was NaN.</param>
/// <param name="DynamicDeadRate">
/// Share of inputs, 0 to 1, on which it does not fire: its pre-activation is nowhere above 0. With ReLU or HeLU that is the share of zero outputs, the dynamic dead neuron
/// rate (arXiv 2212.06145).
/// </param>
/// <param name="Sparsity">Share of its outputs, position by position, that are exactly 0; 0 to 1.</param>
/// <param name="MeanActivation">Mean of its outputs.</param>
/// <param name="IsWithinReach">Whether it is dead and its highest pre-activation is above -alpha: HeLU's gradient still reaches it.</param>
public readonly record struct UnitActivity(double HighestInput, double DynamicDeadRate, double Sparsity, double MeanActivation, bool IsWithinReach)
{
    /// <summary>Whether it never fired: no pre-activation of the window was above 0, so that ReLU's gradient was 0 on all of them.</summary>
    public bool IsDead => HighestInput <= 0;
}
