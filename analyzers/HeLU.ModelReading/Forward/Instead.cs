namespace Helu.ModelReading.Forward;

/// <summary>Why code of a forward can't be specialised, and what to write instead: the second half of a message.</summary>
internal static class Instead
{
    public const string Operation = "inference knows no such operation; move it to the code that uses the output, or build it from operations that inference knows";
    public const string Contents = "the steps of forward must not depend on what a tensor holds; choose by fields, shapes or 'training', or move the choice to the code that uses the output";
    public const string Argument = "inference has no such option of this operation; leave the argument at its default";
    public const string Hardtanh = "TorchSharp 0.107's hardtanh returns its input as it is, which a frozen model would not; use clamp(min, max)";
    public const string Dropout = "dropout with training: true drops at inference too; pass the module's 'training' or use a Dropout module";
    public const string Constant = "a fused forward needs a constant here";
    public const string Root = "its gradient is not computed as that of sqrt is; call sqrt()";
    public const string Scaled = "scaling and adding in one operation rounds once, in two operations twice; multiply before adding";
    public const string Untrained = "a fused forward computes in the type, on the device and with the numerics of its input; move the conversion to the code that calls the model";
    public const string Gradient = "a fused forward does not tell which tensors record a gradient; choose by fields";
    public const string GradientScope = "a fused forward records every gradient or none; call detach() on what must not have one";
    public const string TrainingOfOther = "a fused forward knows only that the model itself trains; ask its own 'training'";
    public const string OtherClass = "it is code of another class; write it as a method of this class, or make it a module with a forward of its own";
    public const string Metadata = "it is compiled in another assembly; write it as a method of this class";
    public const string Lambda = "a lambda can't be followed; write a method or a local function of the model";
    public const string Value = "only tensors, modules, numbers, truth values, strings, and arrays, lists and tuples of them can be used in forward";
    public const string Field = "forward must not keep state in the model; use a local variable";
    public const string OtherObject = "only the model's own fields can be read; pass the value to the constructor and keep it in a field";
    public const string CapturedParameter = "a parameter of the class is not a registered module or a field; assign it to a field in the constructor";
    public const string Index = "tensor indexers are not known to inference; use narrow, select or chunk";
    public const string ModuleType = "the type of a module can't be asked; ask a field instead, or give the module a forward of its own";
    public const string Statement = "only plain statements can be specialised: declarations, assignments, if, switch, loops, return";
    public const string DType = "inference computes in float32; drop the conversion";
    public const string InPlaceShape = "it changes the shape of a tensor in place; use the operation that returns a new tensor";

    public const string InPlaceView = "it writes into a view of another tensor; use the operation that returns a new tensor";
    public const string Inputs = "a forward with one to four tensors that returns one tensor can be specialised; return the tensor that inference needs, or split the module";
    public const string ModuleResult = "only modules that take tensors and return one tensor can be run; split the module";
    public const string Reference = "parameters by ref, out or in can't be specialised; return a tuple";
    public const string Async = "iterators and async methods can't be specialised; write a plain method";
    public const string Recursion = "a model can't run itself";
}
