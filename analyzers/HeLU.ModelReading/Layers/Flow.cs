namespace Helu.ModelReading.Layers;

/// <summary>Where the code goes on after a statement.</summary>
internal enum Flow
{
    /// <summary>At the next statement.</summary>
    Next,

    /// <summary>After the loop or switch.</summary>
    Break,

    /// <summary>At the next round of the loop.</summary>
    Continue,

    /// <summary>Outside of the method: return or throw.</summary>
    Leave,
}
