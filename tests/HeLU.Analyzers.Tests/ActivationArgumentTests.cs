using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0006: an argument that no activation can be made from, at the argument.</summary>
public class ActivationArgumentTests
{
    [Theory]
    [InlineData("{|#0:(Kind)99|}", "The kind must be a value of Helu.Kind; found (Kind)99")]
    [InlineData("{|#0:(Kind)(-1)|}", "The kind must be a value of Helu.Kind; found (Kind)(-1)")]
    [InlineData("kind: {|#0:(Kind)24|}", "The kind must be a value of Helu.Kind; found (Kind)24")]
    [InlineData("Kind.HeLU, Alpha = {|#0:-1|}", "alpha of Kind.HeLU must be 0 or more; found -1")]
    [InlineData("Kind.HeLU, Alpha = {|#0:-0.5|}", "alpha of Kind.HeLU must be 0 or more; found -0.5")]
    [InlineData("Kind.HeLU, Alpha = {|#0:-double.Epsilon|}", "alpha of Kind.HeLU must be 0 or more; found -double.Epsilon")]
    [InlineData("Kind.HeLU, Alpha = {|#0:double.NaN|}", "alpha of Kind.HeLU must be finite; found double.NaN")]
    [InlineData("Kind.HeLU, Alpha = {|#0:double.PositiveInfinity|}", "alpha of Kind.HeLU must be finite; found double.PositiveInfinity")]
    [InlineData("Kind.LeakyReLU, Slope = {|#0:double.NegativeInfinity|}", "slope of Kind.LeakyReLU must be finite; found double.NegativeInfinity")]
    [InlineData("Kind.LeakyReLU, Slope = {|#0:float.NaN|}", "slope of Kind.LeakyReLU must be finite; found float.NaN")]
    [InlineData("Kind.ELU, Alpha = {|#0:0|}", "alpha of Kind.ELU must be above 0; found 0")]
    [InlineData("Kind.ELU, Alpha = {|#0:-1L|}", "alpha of Kind.ELU must be above 0; found -1L")]
    [InlineData("Kind.ELU, Alpha = {|#0:Net.Zero|}", "alpha of Kind.ELU must be above 0; found Net.Zero")]
    [InlineData("Kind.GELU, Alpha = {|#0:0.1|}", "Kind.GELU has no alpha; remove it; found 0.1")]
    [InlineData("Kind.SiLU, Alpha = {|#0:1|}", "Kind.SiLU has no alpha; remove it; found 1")]
    [InlineData("Kind.Mish, Alpha = {|#0:'a'|}", "Kind.Mish has no alpha; remove it; found 'a'")]
    [InlineData("Kind.ReLU, Alpha = {|#0:0.1|}", "Kind.ReLU has no alpha; remove it; found 0.1")]
    [InlineData("Kind.SiLU, Beta = {|#0:0|}", "beta of Kind.SiLU must be above 0; found 0")]
    [InlineData("Kind.LeakyBackward, Slope = {|#0:double.NaN|}", "slope of Kind.LeakyBackward must be finite; found double.NaN")]
    [InlineData("Kind.ClippedStraightThrough, Clip = {|#0:0|}", "clip of Kind.ClippedStraightThrough must be above 0; found 0")]
    [InlineData("Kind.SUGAR, Alpha = {|#0:-1.67|}", "alpha of Kind.SUGAR must be above 0; found -1.67")]
    [InlineData("Kind.PReLU, Init = {|#0:double.NaN|}", "init of Kind.PReLU must be finite; found double.NaN")]
    [InlineData("Kind.CELU, Alpha = {|#0:0|}", "alpha of Kind.CELU must be above 0; found 0")]
    [InlineData("Kind.Softplus, Beta = {|#0:-1|}", "beta of Kind.Softplus must be above 0; found -1")]
    [InlineData("Kind.Softplus, Beta = 2, Threshold = {|#0:0|}", "threshold of Kind.Softplus must be above 0; found 0")]
    [InlineData("Kind.SmeLU, Beta = {|#0:0|}", "beta of Kind.SmeLU must be above 0; found 0")]
    [InlineData("Kind.SAU, Slope = {|#0:double.PositiveInfinity|}", "slope of Kind.SAU must be finite; found double.PositiveInfinity")]
    [InlineData("Kind.SAU, Slope = 0.1, Sigma = {|#0:0|}", "sigma of Kind.SAU must be above 0; found 0")]
    [InlineData("Kind.Quadratic, A = {|#0:double.NaN|}", "a of Kind.Quadratic must be finite; found double.NaN")]
    [InlineData("Kind.Quadratic, B = {|#0:double.NaN|}", "b of Kind.Quadratic must be finite; found double.NaN")]
    [InlineData("Kind.Quadratic, A = 1, C = {|#0:double.NaN|}", "c of Kind.Quadratic must be finite; found double.NaN")]
    [InlineData("Kind.SELU, Slope = {|#0:0.1|}", "Kind.SELU has no slope; remove it; found 0.1")]
    [InlineData("Kind.PReLU, Slope = {|#0:0.1|}", "Kind.PReLU has no slope; remove it; found 0.1")]
    public Task An_invalid_argument_is_an_error_at_the_argument(string arguments, string message) =>
        Rules.CheckMessage("HELU0006", message, Annotated(arguments), DiagnosticSeverity.Error);

    [Theory]
    [InlineData("Kind.HeLU")]
    [InlineData("Kind.HeLU, Alpha = 0")]
    [InlineData("Kind.HeLU, Alpha = 0.05")]
    [InlineData("Kind.HeLU, Alpha = 1")]
    [InlineData("Kind.HeLU, Alpha = 1u")]
    [InlineData("Kind.HeLU, Alpha = 0.5f")]
    [InlineData("Kind.HeLU, Alpha = 'a'")]
    [InlineData("Kind.HeLU, Alpha = double.MaxValue")]
    [InlineData("Kind.LeakyReLU, Slope = -0.1")]
    [InlineData("Kind.ELU, Alpha = double.Epsilon")]
    [InlineData("Kind.GELU")]
    [InlineData("Kind.SiLU")]
    [InlineData("Kind.Mish")]
    [InlineData("Kind.ReLU")]
    [InlineData("Kind.SiLU, Beta = 1.5")]
    [InlineData("Kind.PReLU, Init = -1")]
    [InlineData("Kind.Softplus, Threshold = 3, Beta = 2")]
    [InlineData("Kind.SAU, Slope = 0, Sigma = 0.1")]
    [InlineData("Kind.Quadratic, A = 0, B = -1, C = 0")]
    [InlineData("(Kind)23")]
    [InlineData("0")]
    public Task A_valid_argument_does_not_report(string arguments) => Rules.Check(Annotated(arguments));

    [Theory]
    [InlineData("")]
    [InlineData("Kind.HeLU, Alpha = \"x\"")]
    [InlineData("Kind.HeLU, Alpha = true")]
    [InlineData("Kind.HeLU, Alpha = null")]
    [InlineData("Kind.HeLU, Alpha = 1m")]
    [InlineData("Kind.HeLU, Alpha = ")]
    [InlineData("Kind.HeLU, Alpha")]
    [InlineData("Kind.")]
    [InlineData("\"HeLU\"")]
    [InlineData("Alpha = 1")]
    public Task What_the_compiler_rejects_is_left_to_it(string arguments)
    {
        var test = new RuleTest(Annotated(arguments)) { CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None };
        return test.RunAsync();
    }

    [Fact]
    public Task Members_and_the_assembly_are_checked_too() => Rules.Check(
        """
        using Helu;
        [assembly: Activation(Kind.ELU, Alpha = {|HELU0006:0|})]
        class Net
        {
            [Activation({|HELU0006:(Kind)25|})] int field;
            [Activation(Kind.HeLU, Alpha = {|HELU0006:-1|})] int Property => 1;
            [Activation(Kind.GELU, Alpha = {|HELU0006:1|})] void Method() { }
        }
        """);

    private static string Annotated(string arguments) => $$"""
        using Helu;
        [Activation({{arguments}})]
        class Net { const double Zero = 0.0; }
        """;
}
