<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Closing</name>
    <message numerus="yes">
        <source>%n job(s) still running</source>
        <translation>
            <numerusform>%n job still running</numerusform>
            <numerusform>%n jobs still running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CreateDialog</name>
    <message numerus="yes">
        <source>%n folder(s) cannot be read</source>
        <translation>
            <numerusform>%n folder cannot be read</numerusform>
            <numerusform>%n folders cannot be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message numerus="yes">
        <source>%n file(s) had been replaced already and stay.</source>
        <translation>
            <numerusform>%n file had been replaced already and stays.</numerusform>
            <numerusform>%n files had been replaced already and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be packed as they are</source>
        <translation>
            <numerusform>%n file could not be packed as it is</numerusform>
            <numerusform>%n files could not be packed as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) skipped</source>
        <translation>
            <numerusform>%n file skipped</numerusform>
            <numerusform>%n files skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be extracted</source>
        <translation>
            <numerusform>%n file could not be extracted</numerusform>
            <numerusform>%n files could not be extracted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProofDisplay</name>
    <message numerus="yes">
        <source>%n file(s) are damaged</source>
        <translation>
            <numerusform>%n file is damaged</numerusform>
            <numerusform>%n files are damaged</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepairReportDialog</name>
    <message numerus="yes">
        <source>What is left of %n file(s)</source>
        <translation>
            <numerusform>What is left of %n file</numerusform>
            <numerusform>What is left of %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepairWords</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>what is left of %n other(s) is kept apart</source>
        <translation>
            <numerusform>what is left of %n other is kept apart</numerusform>
            <numerusform>what is left of %n others is kept apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
</TS>
