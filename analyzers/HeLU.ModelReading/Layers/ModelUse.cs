namespace Helu.ModelReading.Layers;

/// <summary>How the code of the compilation uses a model class.</summary>
internal enum ModelUse
{
    /// <summary>No code constructs it: a library's, for others to use.</summary>
    Unseen,

    /// <summary>Constructed outside of every module: a model of its own.</summary>
    Whole,

    /// <summary>Constructed as a part of another module.</summary>
    Part,
}
