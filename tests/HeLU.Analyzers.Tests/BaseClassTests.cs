using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0004: an attribute speaks for the code of its class, not for a base class's.</summary>
public class BaseClassTests
{
    private const string Body =
        """
            public Base() : base("Base") { }
            public override Tensor forward(Tensor x) => functional.relu(x);
        }
        """;

    [Fact]
    public Task An_un_annotated_base_class_with_a_ReLU_reports_at_the_base_list() => Rules.CheckMessage(
        "HELU0004",
        "The ReLUs of base class 'Base' stay ReLUs: annotate it too",
        WithUsings("[Activation(Kind.HeLU)] public class Net : {|#0:Base|}; public class Base : Module<Tensor, Tensor> {" + Body));

    [Theory]
    [InlineData("Sequential layers = Sequential(ReLU());")]
    [InlineData("ReLU act = ReLU();")]
    [InlineData("Tensor Run(Tensor x) => x.relu_();")]
    [InlineData("class Head { Tensor Run(Tensor x) => x.relu(); }")]
    [InlineData("Func<Tensor, bool, Tensor> f = functional.relu;")]
    public Task Every_form_of_ReLU_counts(string member) => Rules.Check(WithUsings(
        $$"""[Activation(Kind.HeLU)] public class Net : {|HELU0004:Base|}; public class Base { {{member}} }"""));

    [Fact]
    public Task A_base_class_of_the_base_class_reports() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU)] public class Net : {|HELU0004:Middle|}; public class Middle : Base; public class Base : Module<Tensor, Tensor> {" + Body));

    [Fact]
    public Task A_generic_base_class_reports() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU)] public class Net : {|HELU0004:Base<int>|}; public class Base<T> { Tensor Run(Tensor x) => x.relu(); }"));

    [Fact]
    public Task A_partial_class_reports_once() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU)] public partial class Net : {|HELU0004:Base|}; public partial class Net; public class Base { Tensor Run(Tensor x) => x.relu(); }"));

    [Fact]
    public Task A_nested_class_of_an_annotated_class_reports() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU)] public class Net { class Head : {|HELU0004:Base|}; } public class Base { Tensor Run(Tensor x) => x.relu(); }"));

    [Theory]
    [InlineData("[Activation(Kind.HeLU)] public class Net : Base; [Activation(Kind.GELU)] public class Base : Module<Tensor, Tensor> {")]
    [InlineData("[Activation(Kind.HeLU)] public class Net : Base; [Activation(Kind.ReLU)] public class Base : Module<Tensor, Tensor> {")]
    [InlineData("[Activation(Kind.ReLU)] public class Net : Base; public class Base : Module<Tensor, Tensor> {")]
    [InlineData("public class Net : Base; public class Base : Module<Tensor, Tensor> {")]
    public Task An_annotated_base_class_or_an_un_annotated_class_does_not_report(string classes) => Rules.Check(WithUsings(classes + Body));

    [Fact]
    public Task An_attribute_of_the_assembly_speaks_for_base_classes_too() => Rules.Check(
        Usings + "[assembly: Activation(Kind.HeLU)] public class Net : Base; public class Base : Module<Tensor, Tensor> {" + Body);

    [Fact]
    public Task A_base_class_without_ReLU_does_not_report() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU)] public class Net : Base; public class Base { Tensor Run(Tensor x) => x.tanh(); }"));

    [Fact]
    public Task Base_classes_of_TorchSharp_and_the_framework_do_not_report() => Rules.Check(WithUsings(
        """
        [Activation(Kind.HeLU)] public class A() : Sequential(Linear(1, 1));
        [Activation(Kind.HeLU)] public class B : List<int>;
        [Activation(Kind.HeLU)] public class C : System.ComponentModel.Component;
        [Activation(Kind.HeLU)] public struct D;
        [Activation(Kind.HeLU)] public abstract class E() : Module<Tensor, Tensor>("E");
        """));

    [Theory]
    [InlineData("{|HELU0004:Lib.Base|}", "")]
    [InlineData("Lib.Base", "[Helu.Activation(Helu.Kind.GELU)]")]
    public Task A_base_class_of_another_compiled_assembly_reports_unless_it_is_annotated(string reference, string attribute)
    {
        var test = new RuleTest($$"""[Helu.Activation(Helu.Kind.HeLU)] public class Net : {{reference}} { }""");
        test.TestState.AdditionalReferences.Add(Library(attribute));
        return test.RunAsync();
    }

    [Fact]
    public Task The_message_of_another_assembly_says_where_to_annotate()
    {
        var test = new RuleTest("[Helu.Activation(Helu.Kind.HeLU)] public class Net : {|#0:Lib.Base|} { }");
        test.TestState.AdditionalReferences.Add(Library(""));
        test.ExpectedDiagnostics.Add(new DiagnosticResult("HELU0004", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(
            "The ReLUs of base class 'Lib.Base' stay ReLUs: if it has any, they are compiled in another assembly; annotate it there"));
        return test.RunAsync();
    }

    [Fact]
    public Task A_base_class_of_another_project_in_the_editor_reports()
    {
        var test = new RuleTest("[Helu.Activation(Helu.Kind.HeLU)] public class Net : {|HELU0004:Lib.Base|} { }");
        test.TestState.AdditionalReferences.Add(Compile(LibrarySource("")).ToMetadataReference());
        return test.RunAsync();
    }

    private static string LibrarySource(string attribute) =>
        $$"""namespace Lib { {{attribute}} public class Base { public TorchSharp.torch.Tensor Run(TorchSharp.torch.Tensor x) => x.relu(); } }""";

    private static PortableExecutableReference Library(string attribute)
    {
        var image = new MemoryStream();
        Assert.True(Compile(LibrarySource(attribute)).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
