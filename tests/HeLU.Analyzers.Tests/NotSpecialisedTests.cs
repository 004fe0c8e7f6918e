using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0009: what keeps a model that asks for an inference class from having one.</summary>
public class NotSpecialisedTests
{
    private const string Unaffected = "keeps 'Net' from being specialised for inference, not from training or being swapped: ";

    [Theory]
    [InlineData("return {|#0:x.argmax(1)|};", "'x.argmax(1)'", "inference knows no such operation; move it to the code that uses the output, or build it from operations that inference knows")]
    [InlineData("return Local(x); Tensor Local(Tensor y) => {|#0:y.argsort()|};", "'y.argsort()'", "inference knows no such operation; move it to the code that uses the output, or build it from operations that inference knows")]
    [InlineData("return {|#0:x.sum().item<float>()|} > 0 ? x : -x;", "'x.sum().item<float>()'", "the steps of forward must not depend on what a tensor holds; choose by fields, shapes or 'training', or move the choice to the code that uses the output")]
    [InlineData("{|#0:calls|} = calls + 1; return x;", "'calls'", "forward must not keep state in the model; use a local variable")]
    public Task The_message_names_the_code_what_it_costs_and_what_to_write(string forward, string what, string instead) =>
        CheckMessage($"{what} {Unaffected}{instead}", Partial("int calls;", forward));

    [Fact]
    public Task Each_place_is_reported_once() => Check(Partial(
        "Tensor Twice(Tensor y) => {|HELU0009:y.argmax(1)|} + y; static Tensor Other(Tensor y) => {|HELU0009:y.argmin(1)|};",
        "return Twice(Twice(Other(x))) + {|HELU0009:x.argmax(1)|};"));

    [Theory]
    [InlineData("return functional.relu(x);")]
    [InlineData("return training ? x.sigmoid() : x;")]
    public Task A_forward_that_is_understood_does_not_report(string forward) => Check(Partial("", forward));

    [Theory]
    [InlineData("return training ? {|#0:x.argmax(1)|} : x;", "'x.argmax(1)'", "inference knows no such operation; move it to the code that uses the output, or build it from operations that inference knows")]
    [InlineData("using ({|#0:no_grad()|}) return x * 2;", "'no_grad()'", "a fused forward records every gradient or none; call detach() on what must not have one")]
    [InlineData("return {|#0:x.to(float32)|};", "'x.to(float32)'", "a fused forward computes in the type, on the device and with the numerics of its input; move the conversion to the code that calls the model")]
    public Task Code_that_only_training_can_not_fuse_is_a_suggestion_that_says_so(string forward, string what, string instead) =>
        CheckMessage($"{what} keeps 'Net' from being fused for training by ToTraining(), not from inference, training or being swapped: {instead}", Partial("", forward), DiagnosticSeverity.Info);

    [Fact]
    public Task Methods_that_forward_does_not_use_do_not_report() => Check(Partial("public Tensor Classify(Tensor y) => call(y).argmax(1);", "return x;"));

    [Theory]
    [InlineData("public static partial class Models { [Activation(Kind.HeLU)] public class Net", "}")]
    [InlineData("public partial class Models { public class Vision { [Activation(Kind.HeLU)] private class Net", "} }")]
    [InlineData("[Activation(Kind.HeLU)] public partial class Models { public class Net", "}")]
    [InlineData("[assembly: Activation(Kind.HeLU)] public partial class Net", "")]
    public Task A_class_in_a_partial_type_asks_for_inference(string before, string after) => Check(before + Class("Net", "{|HELU0009:x.argmax(1)|}") + after);

    [Theory]
    [InlineData("[Activation(Kind.HeLU)] public class Net")]
    [InlineData("public partial class Net")]
    [InlineData("[Activation(Kind.HeLU)] public abstract partial class Net")]
    public Task A_class_that_does_not_ask_does_not_report(string declaration) => Check(declaration + Class("Net", "x.argmax(1)"));

    [Theory]
    [InlineData("readonly Block block = new();")]
    [InlineData("readonly Sequential blocks = Sequential(new Block(), ReLU());")]
    [InlineData("readonly List<Block> blocks = [];")]
    [InlineData("readonly ModuleList<Block> blocks = new();")]
    [InlineData("Module<Tensor, Tensor> Make() => new Block();")]
    public Task An_annotated_class_that_a_partial_model_uses_reports(string member) => Check(
        "[Activation(Kind.HeLU)] public partial class Net" + Class("Net", "x", member)
        + "[Activation(Kind.HeLU)] public class Block" + Class("Block", "{|HELU0009:x.argmax(1)|}"));

    [Fact]
    public Task Parts_of_parts_and_parts_of_a_base_class_report_in_whatever_file_they_stand() => new RuleTest(
        WithUsings("[Activation(Kind.HeLU)] public partial class Net : Backbone;"),
        WithUsings("[Activation(Kind.HeLU)] public abstract class Backbone" + Class("Backbone", "block.call(x)", "readonly Module<Tensor, Tensor> block = new Block();", "protected")),
        WithUsings("[Activation(Kind.HeLU)] public class Block" + Class("Block", "inner.call({|HELU0009:x.argmax(1)|})", "readonly Inner inner = new();")),
        WithUsings("[Activation(Kind.HeLU)] public class Inner" + Class("Inner", "{|HELU0009:x.argmin(1)|}"))).With(InferencePackage).RunAsync();

    [Fact]
    public Task A_part_that_is_not_annotated_and_a_base_class_whose_forward_is_overridden_do_not_report() => Check(
        "[Activation(Kind.HeLU)] public partial class Net : Base { readonly Block block = new(); public override Tensor forward(Tensor x) => block.call(x); }"
        + "[Activation(Kind.HeLU)] public class Base" + Class("Base", "x.argmax(1)") + "public class Block" + Class("Block", "x.argmax(1)"));

    [Fact]
    public Task Code_that_models_of_one_outer_class_share_is_reported_once() => Check(
        "[Activation(Kind.HeLU)] public static partial class Models { static Tensor Shared(Tensor x) => {|HELU0009:x.argmax(1)|}; public class A"
        + Class("A", "Shared(x)") + "public class B" + Class("B", "Shared(x)") + "}");

    [Theory]
    [InlineData("public partial class Net : {|#0:Sequential|} { Net() : base(Linear(1, 1)) { } }", "'Sequential'", "its forward is the one of Sequential, which is compiled in another assembly; override forward")]
    [InlineData("public partial class {|#0:Net|}() : Module(\"Net\") { public Tensor Run(Tensor x) => x; }", "Having no forward", "derive it from Module<Tensor, Tensor> and override forward, which inference runs")]
    [InlineData(
        "public partial class Net() : Module<Tensor, (Tensor, Tensor)>(\"Net\") { public override {|#0:(Tensor, Tensor)|} forward(Tensor x) => (x, x); }",
        "'(Tensor, Tensor)'",
        "a forward with one to four tensors that returns one tensor can be specialised; return the tensor that inference needs, or split the module")]
    [InlineData(
        "public partial class Net() : Module<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>(\"Net\") { public override {|#0:Tensor|} forward(Tensor a, Tensor b, Tensor c, Tensor d, Tensor e) => a; }",
        "'Tensor'",
        "a forward with one to four tensors that returns one tensor can be specialised; return the tensor that inference needs, or split the module")]
    [InlineData(
        "file partial class {|#0:Net|}() : Module<Tensor, Tensor>(\"Net\") { public override Tensor forward(Tensor x) => x; }",
        "Being file-local",
        "generated code stands in a file of its own; remove 'file'")]
    [InlineData(
        "public partial class {|#0:Net|}() : Module<Tensor, Tensor>(\"Net\") { public override Tensor forward(Tensor x) => x; } public class NetInference;",
        "The name 'NetInference'",
        "generated code would have it too; rename yours")]
    [InlineData(
        "public partial class {|#0:Net|}() : Module<Tensor, Tensor>(\"Net\") { public override Tensor forward(Tensor x) => x; object ToInference() => this; }",
        "The name 'ToInference'",
        "generated code would have it too; rename yours")]
    public Task A_partial_class_that_gets_no_inference_class_for_another_reason_reports(string declaration, string what, string instead) =>
        CheckMessage($"{what} {Unaffected}{instead}", "[Activation(Kind.HeLU)] " + declaration);

    [Fact]
    public Task Generated_code_is_not_mistaken_for_the_user_s() => new RuleTest(
        WithUsings("[Activation(Kind.HeLU)] public partial class Net" + Class("Net", "x")),
        """
        // <auto-generated/>
        partial class Net
        {
            [System.CodeDom.Compiler.GeneratedCode("HeLU.Generators", "1.0.0")]
            public NetInference ToInference() => null;
        }
        [System.CodeDom.Compiler.GeneratedCode("HeLU.Generators", "1.0.0")]
        public sealed class NetInference;
        """).With(InferencePackage).RunAsync();

    [Theory]
    [InlineData("public partial class Net() : Module<Tensor, Tensor>(\"Net\") { public override Tensor {|CS0161:forward|}(Tensor x) { } }")]
    [InlineData("public partial class {|CS0534:Net|}() : Module<Tensor, Tensor>(\"Net\");")]
    [InlineData("public partial class Net() : Module<Tensor, Tensor>(\"Net\") { public override Tensor forward(Tensor x) => x.{|CS1061:half_typed|}(); }")]
    public Task Code_that_the_compiler_reports_is_left_to_it(string declaration) => Check("[Activation(Kind.HeLU)] " + declaration);

    [Theory]
    [InlineData("#pragma warning disable HELU0009\n", "")]
    [InlineData("", "dotnet_diagnostic.HELU0009.severity = none\n")]
    [InlineData("// <auto-generated/>\n", "")]
    public Task A_pragma_a_config_file_and_generated_code_silence(string first, string config)
    {
        RuleTest test = new RuleTest(first + WithUsings(Partial("", "return x.argmax(1);"))).With(InferencePackage);
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + config));
        return test.RunAsync();
    }

    private static string Partial(string members, string forward) =>
        "[Activation(Kind.HeLU)] public partial class Net : Module<Tensor, Tensor> { " + members
        + " public Net() : base(\"Net\") { } public override Tensor forward(Tensor x) { " + forward + " } }";

    private static string Class(string name, string forward, string members = "", string access = "public") =>
        $" : Module<Tensor, Tensor> {{ {members} {access} {name}() : base(\"{name}\") {{ }} public override Tensor forward(Tensor x) => {forward}; }} ";

    private static Task Check(string source) => new RuleTest(WithUsings(source)).With(InferencePackage).RunAsync();

    private static Task CheckMessage(string message, string source, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        Rules.CheckMessage("HELU0009", message, WithUsings(source), severity, test => test.With(InferencePackage));
}
