namespace Helu.Inference.Kernels;

/// <summary>What the threads of one product need to know.</summary>
internal unsafe struct GemmShare
{
    public GemmArguments* Arguments;

    /// <summary>All tiles, of which each thread takes its share.</summary>
    public GemmTiling Tiling;
}
