using Helu.Analyzers.Tests.Harness;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>Texts of programs with a model that is not annotated, and the ways to write its ReLUs.</summary>
internal static class RiskPrograms
{
    /// <summary>Constructs <c>Net</c> as a model of its own.</summary>
    public const string Use = "public static class Program { public static Tensor Run(Tensor x) { var net = new Net(); return net.call(x); } }";

    /// <summary>A ReLU of <c>$x</c> in each form that user code can run.</summary>
    public static string[] Forms { get; } =
    [
        "functional.relu($x)", "nn.functional.relu($x, inplace: true)", "relu($x)", "$x.relu()", "$x.relu_()", "act.call($x)", "act.forward($x)",
    ];

    /// <summary>The same as test data.</summary>
    public static TheoryData<string> FormData { get; } = [.. Forms];

    /// <summary>A model class; <paramref name="around"/> is the code that uses it.</summary>
    public static string Model(string fields, string forward, string build = "", string around = Use, string attribute = "") => Programs.WithUsings(
        $$"""
        using static TorchSharp.torch.nn.functional;
        {{attribute}}
        public class Net : Module<Tensor, Tensor>
        {
            {{fields}}
            private readonly ReLU act = ReLU();
            public Net() : base("Net")
            {
                {{build}}
                RegisterComponents();
            }
            public override Tensor forward(Tensor x)
            {
                {{forward}}
            }
        }
        {{around}}
        """);

    /// <summary>A ReLU of <paramref name="input"/> in a form.</summary>
    public static string Relu(string form, string input) => form.Replace("$x", input, StringComparison.Ordinal);

    /// <summary>Two Linear layers with a ReLU between; more code after the second.</summary>
    public static string Hidden(string build, string around = Use, string attribute = "") => Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", "return fc2.call(functional.relu(fc1.call(x)));", build, around, attribute);
}
