using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0003 and HELU0007: an attribute where nothing can be swapped.</summary>
public class SwapSwitchedOffTests
{
    private const string Annotated =
        """
        using Helu;
        [{|HELU0003:Activation(Kind.HeLU)|}]
        public class Net
        {
            [{|HELU0003:Activation(Kind.GELU)|}] public void Build() { }
            [Activation(Kind.ReLU)] public void Left() { }
        }
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A;B")]
    [InlineData("Helu.Generated.More")]
    [InlineData("Helu.Gen")]
    [InlineData("helu.generated")]
    public Task Interceptors_that_are_off_report_at_each_attribute_that_swaps(string? namespaces) =>
        new RuleTest(Annotated).WithInterceptors(namespaces).RunAsync();

    [Theory]
    [InlineData("Helu.Generated")]
    [InlineData("Helu")]
    [InlineData("A;Helu.Generated;B")]
    [InlineData("A; Helu.Generated ;B")]
    [InlineData(";Helu.Generated")]
    public Task Interceptors_that_are_on_do_not_report(string namespaces) =>
        new RuleTest(Annotated.Replace("{|HELU0003:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal))
            .WithInterceptors(namespaces).RunAsync();

    [Fact]
    public Task An_attribute_of_the_assembly_reports() =>
        new RuleTest("using Helu; [assembly: {|HELU0003:Activation(Kind.HeLU)|}]").WithInterceptors(null).RunAsync();

    [Fact]
    public Task The_message_names_the_property_to_set() => Rules.CheckMessage(
        "HELU0003",
        "[Activation] has no effect: this project does not allow interceptors in namespace Helu.Generated; "
        + "add <InterceptorsNamespaces>$(InterceptorsNamespaces);Helu.Generated</InterceptorsNamespaces> to it",
        "using Helu; [{|#0:Activation(Kind.HeLU)|}] class Net;",
        configure: test => test.WithInterceptors(null));

    [Fact]
    public Task A_language_that_the_generated_code_does_not_compile_in_reports() => Rules.CheckMessage(
        "HELU0003",
        "[Activation] has no effect: this project is compiled as C# 10 or older, and the generated code needs C# 11; raise LangVersion",
        "using Helu; [{|#0:Activation(Kind.HeLU)|}] class Net { }",
        configure: test => test.WithLanguage(Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp10));

    [Fact]
    public Task Without_the_runtime_package_each_attribute_reports() => Rules.CheckMessage(
        "HELU0007",
        "[Activation] has no effect: this project does not reference the package HeLU, whose functions take ReLU's place",
        "using Helu; [{|#0:Activation(Kind.HeLU)|}] class Net { [Activation(Kind.ReLU)] void Left() { } }",
        configure: test => test.Without(RuntimePackage));

    [Fact]
    public Task Without_both_both_report() => new RuleTest(
        "using Helu; [{|HELU0003:{|HELU0007:Activation(Kind.HeLU)|}|}] class Net;").WithInterceptors(null).Without(RuntimePackage).RunAsync();

    [Fact]
    public Task Without_TorchSharp_nothing_reports() => new RuleTest(
        "using Helu; [Activation(Kind.HeLU)] class Net; [Activation((Kind)99, Alpha = -1)] class Other;")
        .WithInterceptors(null).Without(RuntimePackage).Without(TorchSharpPackage).RunAsync();

    [Fact]
    public Task Another_attribute_of_that_name_does_not_report() => new RuleTest(
        "class ActivationAttribute : System.Attribute; [Activation] class Net;").WithInterceptors(null).RunAsync();
}
