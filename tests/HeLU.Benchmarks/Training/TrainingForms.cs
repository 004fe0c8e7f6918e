namespace Helu.Benchmarks.Training;

/// <summary>The forms that stand against plain ReLU, and their names.</summary>
internal static class TrainingForms
{
    /// <summary>Every form with HeLU.</summary>
    public static readonly TrainingForm[] Helu = [TrainingForm.Fused, TrainingForm.Intercepted, TrainingForm.Function];

    /// <summary>As rows call the form.</summary>
    public static string RowName(this TrainingForm form) => form switch
    {
        TrainingForm.Relu => "relu",
        TrainingForm.Intercepted => "intercepted",
        TrainingForm.Fused => "fused",
        TrainingForm.Function => "function",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Not a value of TrainingForm."),
    };
}
