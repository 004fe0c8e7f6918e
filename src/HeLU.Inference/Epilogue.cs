namespace Helu.Inference;

/// <summary>An activation with its parameters: what a kernel does to its output last.</summary>
/// <param name="Function">The activation.</param>
/// <param name="Alpha">Its first parameter; ignored by functions without.</param>
/// <param name="Beta">Its second parameter; ignored by functions without.</param>
internal readonly record struct Epilogue(ActivationFunction Function, float Alpha = 0, float Beta = 0)
{
    public static Epilogue None => default;
}
