namespace Helu.Inference;

/// <summary>An activation with its parameters: what a kernel does to its output last.</summary>
/// <param name="Function">The activation.</param>
/// <param name="P0">The first parameter that its formula names; ignored by functions without.</param>
/// <param name="P1">The second parameter; ignored by functions with fewer.</param>
/// <param name="P2">The third parameter; ignored by functions with fewer.</param>
internal readonly record struct Epilogue(ActivationFunction Function, float P0 = 0, float P1 = 0, float P2 = 0)
{
    public static Epilogue None => default;
}
