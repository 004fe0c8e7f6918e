namespace Helu.CodeFixes;

/// <summary>The rules about ReLUs prone to dying that have fixes.</summary>
internal static class ReluRuleIds
{
    public const string BornDead = "HELU1001";
    public const string DeepStack = "HELU1002";
    public const string NegativeBias = "HELU1003";
    public const string ConstantWeights = "HELU1004";
    public const string LearningRate = "HELU1005";
    public const string OutputRelu = "HELU1006";
    public const string ReluBeforeSoftmax = "HELU1007";
}
