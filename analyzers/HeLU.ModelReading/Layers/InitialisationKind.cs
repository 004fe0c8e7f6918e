namespace Helu.ModelReading.Layers;

/// <summary>What a parameter is filled with.</summary>
internal enum InitialisationKind
{
    /// <summary>What the module does itself.</summary>
    Default,

    /// <summary>One number everywhere.</summary>
    Constant,

    /// <summary>kaiming_uniform_, kaiming_normal_.</summary>
    Kaiming,

    /// <summary>Any other way that is seen: Xavier, orthogonal, a normal distribution, loaded or copied values.</summary>
    Other,

    /// <summary>Perhaps: code that is run under a condition that is not known, or was not understood, touches it.</summary>
    Unknown,
}
