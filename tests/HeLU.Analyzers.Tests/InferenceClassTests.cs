using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0008: a model that could have an inference class, were it partial.</summary>
public class InferenceClassTests
{
    [Fact]
    public Task A_model_that_is_not_partial_reports_at_its_name() => CheckMessage(
        "Make 'Net' partial to get ToInference() and NetInference, its forward specialised for inference",
        "[Activation(Kind.HeLU)] public class {|#0:Net|}" + Body("Net"));

    [Fact]
    public Task A_partial_class_in_types_that_are_not_reports_and_the_message_names_those() => CheckMessage(
        "Make 'Models' and 'Vision' partial to get ToInference() and NetInference, its forward specialised for inference",
        "public static class Models { public partial interface All { public record struct Vision { [Activation(Kind.HeLU)] public partial class {|#0:Net|}" + Body("Net") + "} } }");

    [Fact]
    public Task A_class_in_types_that_are_not_partial_either_names_all() => CheckMessage(
        "Make 'Models' and 'Net' partial to get ToInference() and NetInference, its forward specialised for inference",
        "public class Models { [Activation(Kind.HeLU)] private class {|#0:Net|}" + Body("Net") + "}");

    [Fact]
    public Task An_inference_only_project_is_not_promised_ToInference() => CheckMessage(
        "Make 'Net' partial to get NetInference, its forward specialised for inference",
        "[Activation(Kind.HeLU)] public class {|#0:Net|}" + Body("Net"),
        test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.HeluInferenceOnly = true\n")));

    [Fact]
    public Task A_project_without_the_runtime_is_not_promised_ToInference() => CheckMessage(
        "Make 'Net' partial to get NetInference, its forward specialised for inference",
        "#pragma warning disable HELU0007\n[Activation(Kind.HeLU)] public class {|#0:Net|}" + Body("Net"),
        test => test.Without(RuntimePackage),
        Usings.Replace("using static Helu.TorchExtensions;\n", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("[Activation(Kind.ReLU)] public class {|HELU0008:Net|}")]
    [InlineData("[Activation(Kind.GELU)] internal sealed class {|HELU0008:Net|}")]
    [InlineData("[assembly: Activation(Kind.ELU)] [Activation(Kind.HeLU)] class {|HELU0008:Net|}")]
    public Task Any_kind_reports(string declaration) => Check(declaration + Body("Net"));

    [Fact]
    public Task A_class_with_an_inherited_forward_reports() => Check(
        "[Activation(Kind.HeLU)] public class {|HELU0008:Wide|} : Net; [Activation(Kind.HeLU)] public abstract class Net" + Body("Net", "protected"));

    [Fact]
    public Task A_partial_class_in_an_annotated_type_that_is_not_partial_reports() => Check(
        "[Activation(Kind.HeLU)] public class Models { public partial class {|HELU0008:Net|}" + Body("Net") + "public class Other" + Body("Other") + "}");

    [Theory]
    [InlineData("[Activation(Kind.HeLU)] public partial class Net")]
    [InlineData("public class Net")]
    [InlineData("[Activation((Kind)99)] public class Net")]
    [InlineData("[assembly: Activation(Kind.HeLU)] public class Net")]
    [InlineData("[Activation(Kind.HeLU)] public abstract class Net")]
    [InlineData("[Activation(Kind.HeLU)] file class Net")]
    public async Task A_class_that_would_get_none_or_did_not_ask_does_not_report(string declaration) =>
        await Check(declaration.Replace("(Kind)99", "{|HELU0006:(Kind)99|}", StringComparison.Ordinal) + Body("Net"));

    [Theory]
    [InlineData("[Activation(Kind.HeLU)] public class Net { public static Tensor forward(Tensor x) => x.relu(); }")]
    [InlineData("[Activation(Kind.HeLU)] public static class Net { public static Tensor forward(Tensor x) => x.relu(); }")]
    [InlineData("[Activation(Kind.HeLU)] public class Net() : Module(\"Net\") { public Tensor Run(Tensor x) => x.relu(); }")]
    [InlineData("[Activation(Kind.HeLU)] public class Net() : Sequential(Linear(1, 1));")]
    public Task A_class_without_a_module_s_forward_does_not_report(string source) => Check(source);

    [Fact]
    public Task A_file_local_type_around_the_class_keeps_the_rule_silent() => Check(
        "file class Models { [Activation(Kind.HeLU)] public class Net" + Body("Net") + "}");

    [Fact]
    public Task A_type_with_the_inference_class_s_name_keeps_the_rule_silent() => Check(
        "[Activation(Kind.HeLU)] public class Net" + Body("Net") + "public class NetInference;"
        + "[Activation(Kind.HeLU)] public class {|HELU0008:Tall|}" + Body("Tall") + "public class TallInference<T>; class Other { class TallInference; }");

    [Theory]
    [InlineData("public class Models { int NetInference; [Activation(Kind.HeLU)] public class Net() : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => x; } }")]
    [InlineData("[Activation(Kind.HeLU)] public class Net() : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => x; bool ToInference => true; }")]
    public Task A_member_with_a_generated_name_keeps_the_rule_silent(string source) => Check(source);

    [Fact]
    public Task A_forward_that_can_t_be_specialised_does_not_report() => Check(
        "[Activation(Kind.HeLU)] public class Net" + Body("Net", forward: "x.argmax(1)"));

    [Fact]
    public Task A_generic_class_reports_like_any_other() => Check(
        "[Activation(Kind.HeLU)] public class {|HELU0008:Net|}<T>" + Body("Net"));

    [Fact]
    public Task Without_the_inference_package_nothing_reports() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU)] public class Net" + Body("Net") + "[Activation(Kind.HeLU)] public partial class Other" + Body("Other", forward: "x.argmax(1)")));

    [Fact]
    public Task A_language_that_the_generated_code_does_not_compile_in_does_not_report() =>
        ForInference("#pragma warning disable HELU0003\n[Activation(Kind.HeLU)] public class Net" + Body("Net")).WithLanguage(LanguageVersion.CSharp10).RunAsync();

    [Theory]
    [InlineData("#pragma warning disable HELU0008\n", "")]
    [InlineData("", "dotnet_diagnostic.HELU0008.severity = none\n")]
    [InlineData("// <auto-generated/>\n", "")]
    public Task A_pragma_a_config_file_and_generated_code_silence(string first, string config)
    {
        RuleTest test = new RuleTest(first + WithUsings("[Activation(Kind.HeLU)] public class Net" + Body("Net"))).With(InferencePackage);
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + config));
        return test.RunAsync();
    }

    private static string Body(string name, string access = "public", string forward = "functional.relu(x)") =>
        $" : Module<Tensor, Tensor> {{ {access} {name}() : base(\"{name}\") {{ }} public override Tensor forward(Tensor x) => {forward}; }} ";

    private static RuleTest ForInference(string source, string usings = Usings) => new RuleTest(usings + source).With(InferencePackage);

    private static Task Check(string source) => ForInference(source).RunAsync();

    private static Task CheckMessage(string message, string source, Action<RuleTest>? configure = null, string usings = Usings) =>
        Rules.CheckMessage("HELU0008", message, usings + source, DiagnosticSeverity.Info, test =>
        {
            test.With(InferencePackage);
            configure?.Invoke(test);
        });
}
