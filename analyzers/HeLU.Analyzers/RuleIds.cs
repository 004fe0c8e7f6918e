namespace Helu.Analyzers;

/// <summary>The rules about using [Activation], and about ReLUs prone to dying; <c>docs/</c> has a page for each.</summary>
internal static class RuleIds
{
    public const string ModuleNotSwapped = "HELU0001";
    public const string MethodGroupNotSwapped = "HELU0002";
    public const string InterceptorsOff = "HELU0003";
    public const string BaseClassNotSwapped = "HELU0004";
    public const string NativeModuleNotSwapped = "HELU0005";
    public const string InvalidActivationArgument = "HELU0006";
    public const string RuntimeMissing = "HELU0007";
    public const string InferenceClassPossible = "HELU0008";
    public const string NotSpecialised = "HELU0009";
    public const string BornDead = "HELU1001";
    public const string DeepStack = "HELU1002";
    public const string NegativeBias = "HELU1003";
    public const string ConstantWeights = "HELU1004";
    public const string LearningRate = "HELU1005";
    public const string ReluOnOutput = "HELU1006";
    public const string ReluOnLogits = "HELU1007";
    public const string AdamWeightDecay = "HELU1008";
}
