using Helu.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Generators.Tests;

/// <summary>Whose attribute speaks: the nearest. Each program's <c>Code.F</c> computes one activation; its gradient at -0.01 and -1 tells which.</summary>
public class AttributeScopeTests
{
    [Fact]
    public void AnAttributeOnAMethodSpeaksForThatMethodOnly()
    {
        using var program = Program("public static class Code { [Activation(Kind.HeLU)] public static Tensor F(Tensor x) => x.relu(); public static Tensor G(Tensor x) => x.relu(); }");
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((0, 0), Gradients(program, "G"));
    }

    [Fact]
    public void AMemberWinsOverItsClass()
    {
        using var program = Program("[Activation(Kind.HeLU)] public static class Code { public static Tensor F(Tensor x) => x.relu(); [Activation(Kind.LeakyReLU, Slope = 0.5)] public static Tensor G(Tensor x) => x.relu(); }");
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((0.5, 0.5), Gradients(program, "G"));
    }

    [Fact]
    public void KindReluOptsAMemberOut()
    {
        using var program = Program("[Activation(Kind.HeLU)] public static class Code { public static Tensor F(Tensor x) => x.relu(); [Activation(Kind.ReLU)] public static Tensor G(Tensor x) => x.relu(); }");
        Assert.Equal((0, 0), Gradients(program, "G"));
        Assert.Equal(1, program.InterceptedCalls);
    }

    [Fact]
    public void AClassWinsOverTheAssembly()
    {
        using var program = Program("[assembly: Activation(Kind.LeakyReLU, Slope = 0.5)]", "[Activation(Kind.HeLU)] public static class Code { public static Tensor F(Tensor x) => x.relu(); }", "public static class Other { public static Tensor F(Tensor x) => x.relu(); }");
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((0.5, 0.5), Gradients(program, "F", "Other"));
    }

    [Fact]
    public void ANestedClassIsPartOfItsOuterClassUnlessItHasAnAttribute()
    {
        using var program = Program(
            """
            [Activation(Kind.HeLU)]
            public static class Code
            {
                public static Tensor F(Tensor x) => Inner.F(x);
                public static Tensor G(Tensor x) => Own.F(x);
                private static class Inner { public static Tensor F(Tensor x) => x.relu(); }
                [Activation(Kind.LeakyReLU, Slope = 0.5)] private static class Own { public static Tensor F(Tensor x) => x.relu(); }
            }
            """);
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((0.5, 0.5), Gradients(program, "G"));
    }

    [Fact]
    public void ALocalFunctionAndALambdaCanHaveTheirOwn()
    {
        using var program = Program(
            """
            [Activation(Kind.HeLU)]
            public static class Code
            {
                public static Tensor F(Tensor x)
                {
                    return Local(x);
                    [Activation(Kind.LeakyReLU, Slope = 0.5)] static Tensor Local(Tensor t) => t.relu();
                }
                public static Tensor G(Tensor x)
                {
                    var f = [Activation(Kind.LeakyReLU, Slope = 0.25)] (Tensor t) => t.relu();
                    return f(x);
                }
            }
            """);
        Assert.Equal((0.5, 0.5), Gradients(program, "F"));
        Assert.Equal((0.25, 0.25), Gradients(program, "G"));
    }

    [Fact]
    public void PropertiesFieldsAndConstructorsCanHaveTheirOwn()
    {
        using var program = Program(
            """
            public class Code
            {
                [Activation(Kind.HeLU)] private readonly Sequential _field = Sequential(ReLU());
                private readonly Sequential _built;
                [Activation(Kind.LeakyReLU, Slope = 0.5)] private Func<Tensor, Tensor> Property => x => x.relu();
                [Activation(Kind.LeakyReLU, Slope = 0.25)] public Code() { _built = Sequential(ReLU()); }
                public static Tensor F(Tensor x) => new Code()._field.call(x);
                public static Tensor G(Tensor x) => new Code().Property(x);
                public static Tensor H(Tensor x) => new Code()._built.call(x);
            }
            """);
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((0.5, 0.5), Gradients(program, "G"));
        Assert.Equal((0.25, 0.25), Gradients(program, "H"));
    }

    [Fact]
    public void AnAttributeOnOnePartOfAPartialClassSpeaksForAllParts()
    {
        using var program = Program(
            "[Activation(Kind.HeLU)] public static partial class Code { private static readonly Module<Tensor, Tensor> act = ReLU(); }",
            "public static partial class Code { public static Tensor F(Tensor x) => x.relu(); public static Tensor G(Tensor x) => act.call(x); }");
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((1, 0), Gradients(program, "G"));
        Assert.Single(program.Generated);
    }

    [Fact]
    public void ABaseClassIsNotSpokenFor()
    {
        using var program = Program("public class Base { protected static Tensor B(Tensor x) => x.relu(); }", "[Activation(Kind.HeLU)] public class Code : Base { public static Tensor F(Tensor x) => B(x); public static Tensor G(Tensor x) => x.relu(); }");
        Assert.Equal((0, 0), Gradients(program, "F"));
        Assert.Equal((1, 0), Gradients(program, "G"));
    }

    [Fact]
    public void RecordsAndStructsAndPrimaryConstructorsAreCode()
    {
        using var program = Program(
            """
            [Activation(Kind.HeLU)] public record Code(int N)
            {
                public Tensor Instance(Tensor x) => x.relu();
                public static Tensor F(Tensor x) => new Code(1).Instance(x);
                public static Tensor G(Tensor x) => new S().F(x);
            }
            [Activation(Kind.HeLU)] public readonly struct S { public Tensor F(Tensor x) => x.relu(); }
            """);
        Assert.Equal((1, 0), Gradients(program, "F"));
        Assert.Equal((1, 0), Gradients(program, "G"));
    }

    [Theory]
    [InlineData("GELU")]
    [InlineData("SiLU")]
    [InlineData("LeakyReLU")]
    [InlineData("ELU")]
    [InlineData("Mish")]
    public void EveryKindTakesReLUsPlaceInCallsAndContainers(string kind)
    {
        using var program = Program($"[Activation(Kind.{kind})] public static class Code {{ public static Tensor F(Tensor x) => x.relu(); public static Tensor G(Tensor x) => Sequential(ReLU()).call(x); }}");
        using Tensor x = linspace(-3, 3, 13, ScalarType.Float64);
        using Tensor expected = kind switch
        {
            "GELU" => nn.functional.gelu(x),
            "SiLU" => nn.functional.silu(x),
            "LeakyReLU" => nn.functional.leaky_relu(x, 0.01),
            "ELU" => nn.functional.elu(x, 1),
            _ => nn.functional.mish(x),
        };
        Assert.Equal(expected.data<double>().ToArray(), program.Call<Tensor>("Code", "F", x).data<double>().ToArray());
        Assert.Equal(expected.data<double>().ToArray(), program.Call<Tensor>("Code", "G", x).data<double>().ToArray());
    }

    private static SwappedProgram Program(params string[] sources) => new([.. sources.Select(source => Programs.Usings + source)]);

    private static (double, double) Gradients(SwappedProgram program, string method, string type = "Code") =>
        (Gradient.At(-0.01, x => program.Call<Tensor>(type, method, x)), Gradient.At(-1, x => program.Call<Tensor>(type, method, x)));
}
