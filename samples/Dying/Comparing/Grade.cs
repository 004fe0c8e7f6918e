namespace Dying.Comparing;

/// <summary>What a remedy does for learning, against the baseline.</summary>
internal enum Grade
{
    /// <summary>Neither lower nor higher loss beyond chance.</summary>
    NoClearDifference,

    /// <summary>Clearly lower loss, and of the networks, of which more than a tenth failed, a tenth fails at most.</summary>
    Fixes,

    /// <summary>Clearly lower loss, but no fix.</summary>
    Helps,

    /// <summary>Clearly higher loss.</summary>
    Harms,
}
