namespace Helu.Inference.Plans;

/// <summary>Where a value lives while a plan runs: an offset from one of the run's base addresses.</summary>
/// <param name="Base">0: nowhere (null). 1: the arena. 2: the output. From 3 on: the inputs, then the constants.</param>
/// <param name="Offset">In floats.</param>
internal readonly record struct Slot(int Base, long Offset)
{
    public const int Arena = 1;
    public const int Output = 2;
    public const int FirstInput = 3;

    public static Slot None => default;
}
