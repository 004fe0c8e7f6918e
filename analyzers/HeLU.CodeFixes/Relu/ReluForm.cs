namespace Helu.CodeFixes.Relu;

/// <summary>How an invocation is, makes or runs a ReLU.</summary>
internal enum ReluForm
{
    /// <summary><c>functional.relu(x, inplace)</c>, <c>relu(x)</c></summary>
    Function,

    /// <summary><c>x.relu()</c>, <c>x.relu_()</c>, <c>x?.relu()</c></summary>
    TensorMethod,

    /// <summary><c>ReLU()</c>, <c>torch.nn.ReLU(inplace: true)</c></summary>
    Factory,

    /// <summary><c>act.call(x)</c>, <c>act.forward(x)</c></summary>
    Run,
}
